package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an entry says of the properties of an object of one kind. */
final class LoggedProperties {

    private LoggedProperties() {}

    static List<LoggedProperty> of(ObjectKind kind, LoggedTarget target) {
        List<LoggedProperty> properties = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (Modification modification : target.modifications()) {
            if (!modification.isContext()) {
                named.add(modification.name().toLowerCase(Locale.ROOT));
                add(properties, kind, modification);
            }
        }
        addOnlyListed(properties, kind, target, named);
        return properties;
    }

    /** As {@link #of}, for an object of which no catalogue is known. */
    static List<LoggedProperty> ofUnknownKind(LoggedTarget target) {
        return target.modifications().stream()
                .filter(modification -> !modification.isContext())
                .map(LoggedProperties::plain)
                .toList();
    }

    private static LoggedProperty plain(Modification modification) {
        return new LoggedProperty(
                modification.name(),
                null,
                modification.before(LoggedValue.Form.SINGLE),
                modification.after(LoggedValue.Form.SINGLE));
    }

    private static void add(List<LoggedProperty> properties, ObjectKind kind, Modification modification) {
        List<String> paths = PropertyNames.paths(kind, modification.name());
        if (paths.isEmpty()) {
            properties.add(plain(modification));
        } else if (paths.size() == 1) {
            String path = paths.get(0);
            LoggedValue.Form form = PropertyNames.form(kind, path);
            properties.add(new LoggedProperty(
                    modification.name(),
                    path,
                    asGraphSaysIt(kind, path, modification.before(form)),
                    asGraphSaysIt(kind, path, modification.after(form))));
        } else {
            // The log has one name for several properties, so its values are those of none of them.
            for (String path : paths) {
                properties.add(new LoggedProperty(modification.name(), path, null, null));
            }
        }
    }

    /** Adds what the list of updated properties names and the entry has no values of. */
    private static void addOnlyListed(
            List<LoggedProperty> properties, ObjectKind kind, LoggedTarget target, Set<String> named) {
        Modification list = target.find(Modification.LIST_OF_NAMES);
        String names = list == null ? null : list.named();
        if (names == null) {
            return;
        }
        for (String part : names.split(",")) {
            String name = part.strip();
            if (name.isEmpty() || !named.add(name.toLowerCase(Locale.ROOT))) {
                continue;
            }
            List<String> paths = PropertyNames.paths(kind, name);
            if (paths.isEmpty()) {
                properties.add(new LoggedProperty(name, null, null, null));
            }
            for (String path : paths) {
                properties.add(new LoggedProperty(name, path, null, null));
            }
        }
    }

    private static @Nullable JsonValue asGraphSaysIt(ObjectKind kind, String path, @Nullable JsonValue value) {
        if (kind == ObjectKind.GROUP && path.equals("visibility") && value instanceof JsonBoolean isPublic) {
            return new JsonString(isPublic.value() ? "Public" : "Private");
        }
        return value;
    }
}
