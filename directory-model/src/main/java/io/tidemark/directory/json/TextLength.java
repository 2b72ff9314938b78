package io.tidemark.directory.json;

/** Judges how long a value's JSON text is without writing it. */
public final class TextLength {

    /** So many bytes at most for each character counted: an escaped control character, and what stands between values. */
    private static final int MOST_BYTES = 6;

    private static final int PUNCTUATION = 4;

    private TextLength() {}

    /** Whether the value's text might take more bytes than that. If not, it does not; if so, only writing it tells. */
    public static boolean mayExceed(JsonValue value, long bytes) {
        return characters(value) > bytes / MOST_BYTES;
    }

    /** Characters of all names, texts and numbers, and a little for each value: what its text takes, more or less. */
    public static long characters(JsonValue value) {
        long length = PUNCTUATION;
        if (value instanceof JsonString text) {
            length += text.value().length();
        } else if (value instanceof JsonNumber number) {
            length += number.text().length();
        } else if (value instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                length += characters(element);
            }
        } else if (value instanceof JsonObject object) {
            for (var member : object.members().entrySet()) {
                length += member.getKey().length() + characters(member.getValue());
            }
        }
        return length;
    }
}
