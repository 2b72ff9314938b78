package io.tidemark.contracts;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A frozen sample of a message as it was once sent. */
record Golden(String key, Map<String, String> headers, JsonObject value) {

    static Golden of(EventType type, String version) {
        String word =
                type.ceType().substring("io.tidemark.".length(), type.ceType().lastIndexOf('.'));
        String path = "/messages/" + word + "/" + version + ".json";
        try (InputStream file = Golden.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new AssertionError("no golden sample " + path);
            }
            JsonObject record = (JsonObject) JsonText.parse(file);
            Map<String, String> headers = new LinkedHashMap<>();
            ((JsonObject) record.members().get("headers"))
                    .members()
                    .forEach((name, text) -> headers.put(name, ((JsonString) text).value()));
            return new Golden(record.findString("key").orElseThrow(), headers, (JsonObject)
                    record.members().get("value"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Event<?> read() {
        return MessageCodec.read(key, headers, JsonText.bytes(value));
    }

    Golden with(JsonObject otherValue) {
        return new Golden(key, headers, otherValue);
    }
}
