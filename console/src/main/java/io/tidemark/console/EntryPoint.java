package io.tidemark.console;

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
import org.jboss.logging.Logger;

/** Hands API requests to the services, bodies streamed both ways. A service that does not answer becomes a problem detail. */
@ApplicationScoped
class EntryPoint {

    private static final Logger LOG = Logger.getLogger(EntryPoint.class);
    private static final String API = "/api/*";
    private static final int BAD_GATEWAY = 502;
    private static final int NOT_FOUND = 404;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int CONNECTIONS = 64;

    private final ServiceRoutes routes;
    private final HttpClient client;
    private final Map<URI, HttpProxy> proxies = new ConcurrentHashMap<>();

    EntryPoint(ServicesConfig services, Vertx vertx) {
        routes = new ServiceRoutes(services);
        client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setMaxPoolSize(CONNECTIONS));
    }

    void register(@Observes Router router) {
        router.route(API).handler(this::route);
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
