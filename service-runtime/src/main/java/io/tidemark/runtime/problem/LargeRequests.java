package io.tidemark.runtime.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses bodies that are too large with a problem detail: the framework's own answer to these says nothing. */
@ApplicationScoped
class LargeRequests {

    private static final int TOO_LARGE = 413;

    /** Before the framework looks at the length. */
    private static final int PRIORITY = 100;

    private final long most;

    LargeRequests(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10240K") MemorySize most) {
        this.most = most.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        if (length(context) <= most) {
            context.next();
            return;
        }
        context.response()
                .endHandler(told -> close(context))
                .setStatusCode(TOO_LARGE)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(new JsonObject()
                        .put("type", "urn:tidemark:problem:request-entity-too-large")
                        .put("title", "Request entity too large")
                        .put("status", TOO_LARGE)
                        .put("detail", "request body has more than " + most + " bytes")
                        .put("instance", context.request().path())
                        .toBuffer());
    }

    private static void close(RoutingContext context) {
        Future<Void> unused = context.request().connection().close();
    }

    private static long length(RoutingContext context) {
        String said = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return said == null ? 0 : Long.parseLong(said);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
