package io.tidemark.console;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Hands API requests to the services, bodies streamed both ways. A service that does not answer becomes a problem detail. */
@ApplicationScoped
class EntryPoint {

    private static final Logger LOG = Logger.getLogger(EntryPoint.class);
    private static final String API = "/api/*";
    private static final int BAD_GATEWAY = 502;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int CONNECTIONS = 64;

    /** Before the framework looks at the length, whose own answer says nothing. */
    private static final int FIRST = -100;

    private final ServiceRoutes routes;
    private final HttpClient client;
    private final long largestBody;
    private final Map<URI, HttpProxy> proxies = new ConcurrentHashMap<>();

    EntryPoint(
            ServicesConfig services,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10240K") MemorySize largest) {
        routes = new ServiceRoutes(services);
        largestBody = largest.asLongValue();
        client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setMaxPoolSize(CONNECTIONS));
    }

    void register(@Observes Router router) {
        router.route(API).order(FIRST).handler(this::limit);
        router.route(API).handler(this::route);
    }

    private void limit(RoutingContext context) {
        if (length(context) <= largestBody) {
            context.next();
            return;
        }
        context.response()
                .endHandler(told -> close(context))
                .setStatusCode(TOO_LARGE)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Connection", "close")
                .end(problem(
                        TOO_LARGE, "request-entity-too-large", "request body has more than " + largestBody + " bytes"));
    }

    private static void close(RoutingContext context) {
        Future<Void> unused = context.request().connection().close();
    }

    private static long length(RoutingContext context) {
        String said = context.request().getHeader("Content-Length");
        try {
            return said == null ? 0 : Long.parseLong(said);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void route(RoutingContext context) {
        Optional<URI> service = routes.find(context.normalizedPath());
        if (service.isEmpty()) {
            context.response()
                    .setStatusCode(NOT_FOUND)
                    .putHeader("Content-Type", "application/problem+json")
                    .end(problem(NOT_FOUND, "unknown-path", "no service answers this path"));
            return;
        }
        proxies.computeIfAbsent(service.get(), this::proxy).handle(context.request());
    }

    private HttpProxy proxy(URI service) {
        HttpProxy proxy = HttpProxy.reverseProxy(client);
        proxy.origin(service.getPort(), service.getHost());
        proxy.addInterceptor(new ProxyInterceptor() {
            @Override
            public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                return context.sendRequest().recover(failure -> {
                    LOG.warnf(
                            "service unreachable service=%s:%d reason=%s",
                            service.getHost(),
                            service.getPort(),
                            failure.getClass().getSimpleName());
                    ProxyResponse answer = context.request().release().response();
                    answer.setStatusCode(BAD_GATEWAY)
                            .putHeader("Content-Type", "application/problem+json")
                            .setBody(Body.body(problem(
                                    BAD_GATEWAY,
                                    "service-unreachable",
                                    "the service that answers this path cannot be reached; nothing is known of what"
                                            + " became of the request")));
                    return Future.succeededFuture(answer);
                });
            }
        });
        return proxy;
    }

    private static Buffer problem(int status, String name, String detail) {
        return new JsonObject()
                .put("type", "urn:tidemark:problem:" + name)
                .put(
                        "title",
                        Character.toUpperCase(name.charAt(0))
                                + name.substring(1).replace('-', ' '))
                .put("status", status)
                .put("detail", detail)
                .toBuffer();
    }
}
