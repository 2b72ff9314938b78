package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.contracts.ChangeRecorded.Target;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object that an entry names.
 *
 * @param type an object kind's word, or the log's type in lower camel case; null if the log does not tell
 * @param id its id
 * @param name its name as logged
 * @param modifications what the entry says of its properties
 */
record LoggedTarget(
        @Nullable String type, String id, @Nullable String name, List<Modification> modifications) {

    /** The targets of an entry that have an id. */
    static List<LoggedTarget> of(JsonObject entry) {
        List<LoggedTarget> targets = new ArrayList<>();
        if (entry.find("targetResources").orElse(null) instanceof JsonArray logged) {
            for (JsonValue one : logged.elements()) {
                if (one instanceof JsonObject target) {
                    target.findString("id")
                            .filter(LoggedTarget::usable)
                            .ifPresent(id -> targets.add(new LoggedTarget(
                                    typeOf(target.findString("type").orElse("")),
                                    id,
                                    target.findString("displayName")
                                            .or(() -> target.findString("userPrincipalName"))
                                            .orElse(null),
                                    Modification.of(target))));
                }
            }
        }
        return targets;
    }

    boolean is(ObjectKind kind) {
        return kind.word().equals(type);
    }

    Target as(String itsType) {
        return new Target(itsType, id, name);
    }

    Related related(String role) {
        return new Related(role, type, id);
    }

    /** The modification of that name; null if there is none. */
    @Nullable
    Modification find(String itsName) {
        for (Modification modification : modifications) {
            if (modification.name().equalsIgnoreCase(itsName)) {
                return modification;
            }
        }
        return null;
    }

    static boolean usable(String id) {
        try {
            ObjectId unused = new ObjectId(id);
            return true;
        } catch (IllegalArgumentException unfit) {
            return false;
        }
    }

    private static @Nullable String typeOf(String logged) {
        if (logged.isBlank() || logged.equals("N/A") || logged.equals("Other")) {
            return null;
        }
        return Character.toLowerCase(logged.charAt(0)) + logged.substring(1);
    }
}
