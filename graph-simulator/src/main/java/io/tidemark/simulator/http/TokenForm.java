package io.tidemark.simulator.http;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client sends to the token endpoint, wherever it puts its secret. */
final class TokenForm {

    private TokenForm() {}

    /** The form with the client and secret of a basic authorization, if there is one. */
    static Map<String, String> of(HttpServerRequest request, Map<String, String> form) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return form;
        }
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return form;
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return form;
        }
        Map<String, String> whole = new LinkedHashMap<>(form);
        whole.putIfAbsent("client_id", GraphRequest.decode(pair.substring(0, colon)));
        whole.putIfAbsent("client_secret", GraphRequest.decode(pair.substring(colon + 1)));
        return whole;
    }
}
