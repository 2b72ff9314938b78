package io.tidemark.simulator;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A port on the way to being listened on; several can be on it at a time. */
record Opening(int port, CompletableFuture<String> listening) {

    static final String LOOPBACK = "127.0.0.1";

    /** Begins to listen, on any free port if none is told. */
    static Opening begin(Vertx vertx, HttpServerOptions options, Handler<HttpServerRequest> handler) {
        // Servers on several event loops share a port only if they know it.
        int found = options.getPort() == 0 ? freePort() : options.getPort();
        HttpServerOptions known = options.setHost(LOOPBACK).setPort(found);
        int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new Opening(
                found,
                vertx.deployVerticle(
                                () -> new AbstractVerticle() {
                                    @Override
                                    public void start(Promise<Void> started) {
                                        vertx.createHttpServer(known)
                                                .requestHandler(handler)
                                                .listen()
                                                .<Void>mapEmpty()
                                                .onComplete(started);
                                    }
                                },
                                new DeploymentOptions().setInstances(loops))
                        .toCompletionStage()
                        .toCompletableFuture());
    }

    /** The port, once it is listened on. */
    int done(Vertx vertx) {
        try {
            listening.join();
            return port;
        } catch (CompletionException e) {
            vertx.close();
            throw new IllegalStateException("port " + port + " cannot be used: " + e.getCause(), e);
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port", e);
        }
    }
}
