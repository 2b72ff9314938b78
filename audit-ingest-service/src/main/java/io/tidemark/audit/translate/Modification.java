package io.tidemark.audit.translate;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an entry says of one property of one target, by the log's name. */
record Modification(String name, LoggedValue before, LoggedValue after) {

    static final String LIST_OF_NAMES = "Included Updated Properties";

    static List<Modification> of(JsonObject target) {
        List<Modification> modifications = new ArrayList<>();
        if (target.find("modifiedProperties").orElse(null) instanceof JsonArray logged) {
            for (JsonValue one : logged.elements()) {
                if (one instanceof JsonObject property) {
                    property.findString("displayName")
                            .filter(name -> !name.isBlank())
                            .ifPresent(name -> modifications.add(new Modification(
                                    name.strip(),
                                    LoggedValue.of(property.find("oldValue").orElse(null)),
                                    LoggedValue.of(property.find("newValue").orElse(null)))));
                }
            }
        }
        return modifications;
    }

    /** The value before; null if the log does not tell. A missing side beside a known one means that there was nothing. */
    @Nullable
    JsonValue before(LoggedValue.Form form) {
        return side(before, after, form);
    }

    /** The value after; null if the log does not tell. */
    @Nullable
    JsonValue after(LoggedValue.Form form) {
        return side(after, before, form);
    }

    /** The one value of a property that names something: of an addition the new one, of a removal the old one. */
    @Nullable
    String named() {
        String now = after.text();
        return now != null ? now : before.text();
    }

    boolean cut() {
        return before.cut() || after.cut();
    }

    /** Whether this describes the event rather than a property of its target. */
    boolean isContext() {
        return name.equals(LIST_OF_NAMES)
                || name.equals("SPN")
                || name.equals("Action Client Name")
                || name.startsWith("TargetId.")
                || name.startsWith("ActorId.")
                || name.startsWith("MethodExecutionResult.");
    }

    private static @Nullable JsonValue side(LoggedValue side, LoggedValue other, LoggedValue.Form form) {
        if (side.cut()) {
            return null;
        }
        if (side.logged()) {
            return side.as(form);
        }
        return other.logged() && !other.isEmpty() && !other.cut() ? form.empty() : null;
    }
}
