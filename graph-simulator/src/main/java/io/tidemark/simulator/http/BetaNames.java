package io.tidemark.simulator.http;

import io.tidemark.simulator.kind.Kind;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Members of values that beta names otherwise than v1.0. */
final class BetaNames {

    private static final Pattern FIRST = Pattern.compile("\"delegatedPermissionIds\"(\\s*:)");
    private static final Pattern BETA = Pattern.compile("\"permissionIds\"(\\s*:)");

    private BetaNames() {}

    /** A request to beta with the names of v1.0 in its body. */
    static GraphRequest inFirstVersion(GraphRequest request) {
        Matcher found = BETA.matcher(text(request.body()));
        return found.find()
                ? new GraphRequest(
                        request.method(),
                        request.path(),
                        request.query(),
                        request.headers(),
                        bytes(found.replaceAll("\"delegatedPermissionIds\"$1")),
                        request.base(),
                        request.address(),
                        request.requestId())
                : request;
    }

    /** An answer with the names of the version that was asked. */
    static GraphResponse shown(Exchange exchange, GraphResponse response) {
        Kind kind = exchange.route().kind();
        boolean named = exchange.version().equals("beta")
                && kind != null
                && kind.collection().equals("applications");
        if (!named || !response.isJson()) {
            return response;
        }
        Matcher found = FIRST.matcher(text(response.body()));
        return found.find()
                ? new GraphResponse(
                        response.status(), response.headers(), bytes(found.replaceAll("\"permissionIds\"$1")))
                : response;
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
