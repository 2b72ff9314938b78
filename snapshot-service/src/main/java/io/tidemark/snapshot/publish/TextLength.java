package io.tidemark.snapshot.publish;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;

/** Estimates how long a value's JSON text is without writing it. */
final class TextLength {

    /** So many bytes at most for each character counted: an escaped control character, and what stands between values. */
    static final int MOST_BYTES = 6;

    private static final int PUNCTUATION = 4;

    private TextLength() {}

    /** Characters of all names, texts and numbers, and a little for each value. */
    static long atLeast(JsonValue value) {
        long length = PUNCTUATION;
        if (value instanceof JsonString text) {
            length += text.value().length();
        } else if (value instanceof JsonNumber number) {
            length += number.text().length();
        } else if (value instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                length += atLeast(element);
            }
        } else if (value instanceof JsonObject object) {
            for (var member : object.members().entrySet()) {
                length += member.getKey().length() + atLeast(member.getValue());
            }
        }
        return length;
    }
}
