package io.tidemark.simulator.http;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.Faults;
import io.tidemark.simulator.identity.Authority;
import io.tidemark.simulator.identity.TokenAnswer;
import io.tidemark.simulator.notification.Notifications;
import io.tidemark.simulator.quota.Quotas;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Tenant;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes HTTP requests for Graph and for the authority on one listener. */
public final class GraphServer {

    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final Pattern VERSION = Pattern.compile("/(v\\d|beta)");

    /** Header fields that may come several times and are then one list. */
    private static final Set<String> LISTS = Set.of("prefer", "accept");

    private static final int DRIPS = 20;
    private static final long DRIP_MILLIS = 50;

    private final Vertx vertx;
    private final Clock clock;
    private final Authority authority;
    private final GraphService service;
    private final Supplier<Iterable<Tenant>> all;

    /** A server for the tenants that the function finds, out of all; a tenant is told before it is listed. */
    public GraphServer(
            Vertx vertx,
            Clock clock,
            Authority authority,
            Quotas quotas,
            Faults faults,
            Function<UUID, @Nullable Tenant> tenants,
            Supplier<Iterable<Tenant>> all,
            Consumer<Tenant> beforeList,
            Notifications notifications,
            long seed) {
        this.vertx = vertx;
        this.all = all;
        this.clock = clock;
        this.authority = authority;
        this.service = new GraphService(clock, authority, quotas, faults, tenants, beforeList, notifications, seed);
    }

    /** Sets how long tokens of pages and deltas live. */
    public void tokenLife(Duration pages, Duration deltas) {
        service.tokenLife(pages, deltas);
    }

    /** How many requests Graph had so far, those inside batches included. */
    public long requests() {
        return service.requests();
    }

    /** Takes one request. */
    public void handle(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> answer(request, body))
                .onFailure(failure -> request.connection().close());
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String path = request.path() == null ? "/" : request.path();
        if (Browsers.asksFirst(request)) {
            Browsers.permit(request);
            return;
        }
        String lower = path.toLowerCase(Locale.ROOT);
        if (VERSION.matcher(lower).lookingAt() || PathRoots.named(lower.substring(1))) {
            graph(request, path, body);
        } else {
            guarded(request, path, body);
        }
    }

    private void guarded(HttpServerRequest request, String path, Buffer body) {
        try {
            authority(request, path, body);
        } catch (GraphRefusal malformed) {
            request.response().setStatusCode(400).end();
        } catch (RuntimeException e) {
            // A defect must not leave the client without an answer.
            System.getLogger(GraphServer.class.getName())
                    .log(System.Logger.Level.ERROR, "A request to the authority failed unexpectedly", e);
            request.response().setStatusCode(500).end();
        }
    }

    private void graph(HttpServerRequest request, String path, Buffer body) {
        Map<String, String> headers = GraphRequest.caseless();
        for (Map.Entry<String, String> header : request.headers()) {
            if (LISTS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                headers.merge(header.getKey(), header.getValue(), (one, other) -> one + ", " + other);
            } else {
                headers.putIfAbsent(header.getKey(), header.getValue());
            }
        }
        String query = request.query() == null ? "" : request.query();
        GraphRequest asked = new GraphRequest(
                request.method().name(),
                path,
                query,
                headers,
                Compression.plain(headers.get("Content-Encoding"), body.getBytes()),
                base(request),
                address(request),
                service.newId());
        if (GraphService.waits(asked)) {
            vertx.executeBlocking(() -> service.handle(asked), false)
                    .onSuccess(response -> send(request, response))
                    .onFailure(failure -> request.connection().close());
            return;
        }
        send(request, service.handle(asked));
    }

    private static String base(HttpServerRequest request) {
        String scheme = request.getHeader("X-Forwarded-Proto");
        String host = request.getHeader("X-Forwarded-Host");
        return (scheme == null ? request.scheme() : scheme)
                + "://"
                + (host == null ? String.valueOf(request.authority()) : host);
    }

    private static String address(HttpServerRequest request) {
        String forwarded = request.getHeader("X-Forwarded-For");
        if (forwarded != null) {
            return forwarded.split(",")[0].trim();
        }
        return request.remoteAddress() == null
                ? "127.0.0.1"
                : String.valueOf(request.remoteAddress().hostAddress());
    }

    private void send(HttpServerRequest request, GraphResponse answer) {
        String connection = answer.headers().remove(Injection.CONNECTION);
        HttpServerResponse response = request.response();
        if (connection != null) {
            Fault fault = Fault.valueOf(connection);
            if (fault == Fault.ANSWER_LOST || fault == Fault.CONNECTION_RESET) {
                request.connection().close();
                return;
            }
            broken(request, answer, fault);
            return;
        }
        head(response, answer);
        Browsers.expose(request);
        response.end(Buffer.buffer(Compression.sent(request, answer.body())));
    }

    private void head(HttpServerResponse response, GraphResponse answer) {
        response.setStatusCode(answer.status());
        response.putHeader("Date", DATE.format(clock.instant()));
        response.putHeader("Strict-Transport-Security", "max-age=31536000");
        answer.headers().forEach(response::putHeader);
    }

    private void broken(HttpServerRequest request, GraphResponse answer, Fault fault) {
        HttpServerResponse response = request.response();
        head(response, answer);
        byte[] body = answer.body();
        if (fault == Fault.TRUNCATED) {
            response.putHeader("Content-Length", Integer.toString(body.length));
            response.write(Buffer.buffer().appendBytes(body, 0, body.length / 2))
                    .onComplete(done -> request.connection().close());
            return;
        }
        response.setChunked(true);
        drip(response, body, 0);
    }

    private void drip(HttpServerResponse response, byte[] body, int from) {
        int step = Math.max(1, body.length / DRIPS);
        int to = Math.min(body.length, from + step);
        response.write(Buffer.buffer().appendBytes(body, from, to - from));
        if (to == body.length) {
            response.end();
        } else {
            vertx.setTimer(DRIP_MILLIS, timer -> drip(response, body, to));
        }
    }

    private void authority(HttpServerRequest request, String path, Buffer body) {
        String[] parts = path.split("/");
        String tenant = parts.length > 1 ? parts[1] : "";
        if (path.equals("/metadata/identity/oauth2/token") || path.equals("/msi/token")) {
            machine(request);
        } else if (path.endsWith("/oauth2/v2.0/token") || path.endsWith("/oauth2/token")) {
            TokenAnswer answer =
                    authority.token(tenant, TokenForm.of(request, form(body)), request.getHeader("client-request-id"));
            request.response()
                    .setStatusCode(answer.status())
                    .putHeader("Content-Type", "application/json; charset=utf-8")
                    .putHeader("Cache-Control", "no-store, no-cache")
                    .putHeader("Pragma", "no-cache")
                    .putHeader("x-ms-request-id", String.valueOf(service.authorityId()))
                    .end(Buffer.buffer(Json.bytes(answer.body())));
        } else if (path.endsWith("/.well-known/openid-configuration")) {
            TokenAnswer answer = authority.discovery(base(request), tenant);
            request.response().setStatusCode(answer.status());
            json(request, Json.bytes(answer.body()));
        } else if (path.equals("/common/discovery/instance")) {
            json(request, Json.bytes(authority.instance(base(request), query(request))));
        } else if (path.equals("/metadata/endpoints")) {
            json(request, Json.bytes(authority.cloud(base(request))));
        } else if (path.endsWith("/discovery/v2.0/keys") || path.endsWith("/discovery/keys")) {
            json(request, Json.bytes(authority.keys()));
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    /** A machine asks for its own token; it must show that the request was not made on behalf of somebody else. */
    private void machine(HttpServerRequest request) {
        boolean asked = "true".equalsIgnoreCase(request.getHeader("Metadata"))
                || request.getHeader("X-IDENTITY-HEADER") != null;
        if (!asked) {
            request.response().setStatusCode(400);
            json(
                    request,
                    Json.bytes(Json.object()
                            .put("error", "invalid_request")
                            .put("error_description", "Required metadata header not specified")));
            return;
        }
        TokenAnswer answer = authority.managed(all.get(), query(request));
        request.response().setStatusCode(answer.status());
        json(request, Json.bytes(answer.body()));
    }

    private static Map<String, String> query(HttpServerRequest request) {
        return form(Buffer.buffer(request.query() == null ? "" : request.query()));
    }

    private static void json(HttpServerRequest request, byte[] body) {
        request.response()
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .end(Buffer.buffer(body));
    }

    private static Map<String, String> form(Buffer body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String part : body.toString().split("&")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                form.put(
                        GraphRequest.decode(part.substring(0, equals)),
                        GraphRequest.decode(part.substring(equals + 1)));
            }
        }
        return form;
    }
}
