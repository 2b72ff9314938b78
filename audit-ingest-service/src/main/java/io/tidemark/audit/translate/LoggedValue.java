package io.tidemark.audit.translate;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * An old or new value as the log has it, decoded: values are JSON inside text, sometimes twice, sometimes plain text, sometimes cut short.
 *
 * @param value what it says; an explicit null if nothing
 * @param logged whether the log has a value at all; an empty one counts
 * @param cut whether the text ends in the middle of its JSON
 */
record LoggedValue(JsonValue value, boolean logged, boolean cut) {

    private static final LoggedValue NOT_LOGGED = new LoggedValue(JsonNull.NULL, false, false);

    static LoggedValue of(@Nullable JsonValue raw) {
        if (raw == null || raw.isNull()) {
            return NOT_LOGGED;
        }
        if (!(raw instanceof JsonString text)) {
            return new LoggedValue(raw, true, false);
        }
        if (text.value().isBlank()) {
            return new LoggedValue(JsonNull.NULL, true, false);
        }
        try {
            return new LoggedValue(inner(JsonText.parse(text.value())), true, false);
        } catch (IllegalArgumentException plainText) {
            boolean cut = looksLikeJson(text.value());
            return new LoggedValue(cut ? JsonNull.NULL : text, true, cut);
        }
    }

    /** Whether it says that there is nothing: {@code null}, empty text, an empty list, or a list of one of these. */
    boolean isEmpty() {
        return isEmpty(value);
    }

    /** The value as Graph shows it: directory attributes are logged as lists of one, which only collections are. */
    JsonValue as(Form form) {
        if (isEmpty()) {
            return form.empty();
        }
        if (form == Form.SINGLE
                && value instanceof JsonArray array
                && array.elements().size() == 1) {
            return array.elements().get(0);
        }
        return value;
    }

    /** The text, if it is one or a list of one. */
    @Nullable
    String text() {
        return !isEmpty() && as(Form.SINGLE) instanceof JsonString text ? text.value() : null;
    }

    private static boolean isEmpty(JsonValue value) {
        if (value instanceof JsonString text) {
            return text.value().isEmpty();
        }
        if (value instanceof JsonArray array) {
            return array.elements().stream().allMatch(element -> !(element instanceof JsonArray) && isEmpty(element));
        }
        return value.isNull();
    }

    private static JsonValue inner(JsonValue parsed) {
        if (parsed instanceof JsonString text
                && (text.value().startsWith("{") || text.value().startsWith("["))) {
            try {
                return JsonText.parse(text.value());
            } catch (IllegalArgumentException plainText) {
                return parsed;
            }
        }
        return parsed;
    }

    private static boolean looksLikeJson(String text) {
        return text.startsWith("{\"") || text.startsWith("[{") || text.startsWith("[\"") || text.startsWith("\"");
    }

    /** Whether a property holds one value or a collection. */
    enum Form {
        SINGLE(JsonNull.NULL),
        COLLECTION(JsonArray.EMPTY);

        private final JsonValue empty;

        Form(JsonValue empty) {
            this.empty = empty;
        }

        JsonValue empty() {
            return empty;
        }
    }
}
