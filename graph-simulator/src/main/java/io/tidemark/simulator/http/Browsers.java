package io.tidemark.simulator.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** What browsers want to know before a page of another origin may ask. */
final class Browsers {

    private static final String EXPOSED = "ETag, Location, Preference-Applied, Content-Range, request-id,"
            + " client-request-id, ReadWriteConsistencyToken, Retry-After, SdkVersion, WWW-Authenticate,"
            + " x-ms-client-gcc-tenant, X-Planner-operationid, x-ms-permissions-error";

    private Browsers() {}

    static boolean asksFirst(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    static void permit(HttpServerRequest request) {
        String headers = request.getHeader("Access-Control-Request-Headers");
        request.response()
                .setStatusCode(200)
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE, OPTIONS")
                .putHeader("Access-Control-Allow-Headers", headers == null ? "authorization, content-type" : headers)
                .putHeader("Access-Control-Max-Age", "3600")
                .end();
    }

    static void expose(HttpServerRequest request) {
        if (request.getHeader("Origin") != null) {
            request.response()
                    .putHeader("Access-Control-Allow-Origin", "*")
                    .putHeader("Access-Control-Expose-Headers", EXPOSED);
        }
    }
}
