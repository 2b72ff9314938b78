package io.tidemark.graph.transport;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/** What Graph answered. Header names are in lower case. */
public final class GraphResponse {

    private final int status;
    private final Map<String, String> headers;
    private final ArrivedBody body;

    GraphResponse(int status, Map<String, String> headers, ArrivedBody body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    public int status() {
        return status;
    }

    public Optional<String> header(String nameInLowerCase) {
        return Optional.ofNullable(headers.get(nameInLowerCase));
    }

    /** Graph's own id of the request, for its support; empty text if it gave none. */
    public String requestId() {
        return headers.getOrDefault("request-id", "");
    }

    public boolean hasBody() {
        return !body.isEmpty();
    }

    /**
     * The body as a JSON object.
     *
     * @throws IllegalArgumentException if it is anything else: cut off, HTML, empty
     */
    public JsonObject json() {
        JsonValue value = JsonText.parse(body.read());
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("the body is no JSON object");
    }

    /** Names the status only: bodies hold personal data. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
