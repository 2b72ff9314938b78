package io.tidemark.diff.attribution;

import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what the audit log wrote down of a value with what was read: the log spells values in its own way and knows but one kind of nothing. */
final class LoggedValue {

    private LoggedValue() {}

    /** Whether an event's property has to do with a path: it is the same, or one lies within the other. */
    static boolean covers(LoggedProperty logged, String path) {
        String known = logged.graphPath();
        return known != null && (known.equals(path) || path.startsWith(known + "/") || known.startsWith(path + "/"));
    }

    /** Whether the event says that the path got the value that was read. */
    static boolean confirms(LoggedProperty logged, String path, @Nullable JsonValue observed) {
        String known = logged.graphPath();
        boolean unknownValue = logged.before() == null && logged.after() == null;
        if (known == null || unknownValue || known.startsWith(path + "/")) {
            return false;
        }
        JsonValue value = logged.after();
        if (path.length() > known.length()) {
            for (String name : path.substring(known.length() + 1).split("/", -1)) {
                if (!(value instanceof JsonObject object)) {
                    return false;
                }
                value = object.members().get(name.replace("~1", "/").replace("~0", "~"));
            }
        }
        return same(value, observed);
    }

    static boolean same(@Nullable JsonValue logged, @Nullable JsonValue observed) {
        if (logged == null || observed == null || isNothing(logged) || isNothing(observed)) {
            return isNothing(logged) && isNothing(observed);
        }
        if (logged.equals(observed)) {
            return true;
        }
        if (logged instanceof JsonArray one && observed instanceof JsonArray other) {
            return one.elements().size() == other.elements().size()
                    && new HashSet<>(one.elements()).equals(new HashSet<>(other.elements()));
        }
        if (logged instanceof JsonArray list && list.elements().size() == 1) {
            return same(list.elements().get(0), observed);
        }
        Optional<String> text = scalar(logged);
        return text.isPresent() && text.equals(scalar(observed));
    }

    private static boolean isNothing(@Nullable JsonValue value) {
        return value == null
                || value.isNull()
                || value instanceof JsonString text && text.value().isEmpty()
                || value instanceof JsonArray list && list.elements().stream().allMatch(LoggedValue::isNothing);
    }

    private static Optional<String> scalar(JsonValue value) {
        if (value instanceof JsonString text) {
            String plain = text.value();
            return Optional.of(
                    plain.equalsIgnoreCase("true") || plain.equalsIgnoreCase("false")
                            ? plain.toLowerCase(Locale.ROOT)
                            : plain);
        }
        if (value instanceof JsonBoolean bool) {
            return Optional.of(Boolean.toString(bool.value()));
        }
        return value instanceof JsonNumber number ? Optional.of(number.value().toPlainString()) : Optional.empty();
    }
}
