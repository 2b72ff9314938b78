package io.tidemark.diff.history;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A body as it is stored, and its digest. Nearly all bodies are links', which say no more than the type of the target: such a text is
 * made once.
 */
record BodyText(String text, String sum) {

    private static final int MOST = 1000;
    private static final Map<JsonObject, BodyText> SHORT = new ConcurrentHashMap<>();

    static BodyText of(JsonObject body) {
        if (!isOneWord(body)) {
            return made(body);
        }
        BodyText known = SHORT.get(body);
        if (known == null) {
            known = made(body);
            if (SHORT.size() < MOST) {
                SHORT.put(body, known);
            }
        }
        return known;
    }

    /** Bodies of several members are not kept: they are equal in any order, their texts are not. */
    private static boolean isOneWord(JsonObject body) {
        return body.members().size() == 1
                && body.members().values().iterator().next() instanceof JsonString word
                && word.value().length() < MOST;
    }

    private static BodyText made(JsonObject body) {
        byte[] bytes = JsonText.bytes(body);
        return new BodyText(new String(bytes, StandardCharsets.UTF_8), BodySum.of(bytes));
    }

    /** The body may be personal data. */
    @Override
    public String toString() {
        return "BodyText[" + sum + "]";
    }
}
