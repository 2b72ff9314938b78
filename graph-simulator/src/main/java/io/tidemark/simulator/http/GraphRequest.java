package io.tidemark.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.GraphRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request to Graph, over the wire or inside a batch.
 *
 * @param method the HTTP method
 * @param path the raw path, with the version
 * @param query the raw query; empty if there is none
 * @param headers by name in any case
 * @param body the raw body
 * @param base scheme and authority that the client used
 * @param address the client's address
 * @param requestId what the server calls it
 */
record GraphRequest(
        String method,
        String path,
        String query,
        Map<String, String> headers,
        byte[] body,
        String base,
        String address,
        String requestId) {

    private static final Set<String> ONCE = Set.of(
            "select", "filter", "top", "orderby", "count", "search", "expand", "skip", "skiptoken", "deltatoken");

    static Map<String, String> caseless() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    boolean prefers(String preference) {
        String prefer = headers.get("Prefer");
        return prefer != null
                && prefer.toLowerCase(Locale.ROOT).replace(" ", "").contains(preference);
    }

    boolean eventual() {
        return "eventual".equalsIgnoreCase(headers.get("ConsistencyLevel"));
    }

    /** The query options, without the leading dollar, decoded. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        for (String part : query.split("&")) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : decode(part.substring(equals + 1));
            String plain = name.startsWith("$") ? name.substring(1) : name;
            String lower = plain.toLowerCase(Locale.ROOT);
            if (options.put(lower, value) != null && ONCE.contains(lower)) {
                throw GraphRefusal.badQuery("Query option '$" + lower
                        + "' was specified more than once, but it must be specified at most once.");
            }
        }
        return options;
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw GraphRefusal.badQuery("The address contains a malformed escape.");
        }
    }

    /** Whether all texts are texts: half a character, written as an escape, is none. */
    private static boolean whole(JsonNode node) {
        if (node.isTextual()) {
            return whole(node.textValue());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!whole(member.getKey())) {
                return false;
            }
        }
        for (JsonNode inner : node) {
            if (!whole(inner)) {
                return false;
            }
        }
        return true;
    }

    private static boolean whole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** The body as a JSON object. */
    ObjectNode json() {
        if (body.length == 0) {
            throw GraphRefusal.badQuery("Empty Payload. JSON content expected.");
        }
        try {
            JsonNode node = Json.mapper().readTree(body);
            if (node instanceof ObjectNode object && whole(object)) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw GraphRefusal.badQuery("Unable to read JSON request payload. Please ensure Content-Type header is set"
                    + " and payload is of valid JSON format.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw GraphRefusal.badQuery("Unable to read JSON request payload. Please ensure Content-Type header is set and"
                + " payload is of valid JSON format.");
    }
}
