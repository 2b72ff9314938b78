package io.tidemark.restore.plan;

import io.tidemark.contracts.RestoreOptions;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.PropertyClass;
import io.tidemark.directory.catalogue.Trait;
import io.tidemark.directory.comparison.ObjectDiffer;
import io.tidemark.directory.comparison.PropertyChange;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which properties of one object to send. Only what differs is sent; a complex value is sent whole, made of what is wanted where it
 * differs and of what is there elsewhere, so that it comes out right whether Graph merges or replaces.
 */
final class PropertyPlanner {

    private final SelectionFilter filter;
    private final RestoreOptions.Conflict onConflict;

    PropertyPlanner(SelectionFilter filter, RestoreOptions.Conflict onConflict) {
        this.filter = filter;
        this.onConflict = onConflict;
    }

    /** What to send, what it was before, and what stays open. */
    record Outcome(JsonObject patch, JsonObject before, List<OpenPoint> open) {}

    Outcome plan(WantedState wanted, JsonObject wantedBody, JsonObject liveBody) {
        ObjectKind kind = ObjectKind.parse(wanted.key().type());
        KindDescription description = Catalogue.of(kind);
        JsonObject live = Canonicaliser.canonical(kind, liveBody);
        List<OpenPoint> open = new ArrayList<>();
        List<PropertyChange> accepted = new ArrayList<>();
        List<PropertyChange> immaterial = new ArrayList<>();
        for (PropertyChange change : ObjectDiffer.diff(kind, live, wantedBody)) {
            if (!isSelected(wanted, change.path())) {
                continue;
            }
            if (!isRealDifference(change)) {
                immaterial.add(change);
                continue;
            }
            Optional<OpenPoint> refused = refusal(wanted, description, live, change);
            refused.ifPresent(open::add);
            if (refused.isEmpty()) {
                accepted.add(settable(description, change));
            }
        }
        // Where a complex value is sent anyway, it is sent exactly as it was, down to what is null and what is missing.
        immaterial.stream()
                .filter(change -> !isTop(change)
                        && accepted.stream().anyMatch(sent -> sent.property().equals(change.property())))
                .toList()
                .forEach(accepted::add);
        return assembled(kind, live, accepted, open);
    }

    private static Outcome assembled(
            ObjectKind kind, JsonObject live, List<PropertyChange> accepted, List<OpenPoint> open) {
        JsonObject target = ObjectDiffer.apply(live, accepted);
        Set<String> properties = new LinkedHashSet<>();
        accepted.forEach(change -> properties.add(change.property()));
        Map<String, JsonValue> patch = new LinkedHashMap<>();
        Map<String, JsonValue> before = new LinkedHashMap<>();
        for (String property : properties) {
            JsonValue value = target.find(property).orElse(JsonNull.NULL);
            patch.put(property, Sendable.value(kind, property, value));
            before.put(property, live.find(property).orElse(JsonNull.NULL));
        }
        return new Outcome(Sendable.patch(kind, new JsonObject(patch), live), new JsonObject(before), open);
    }

    private boolean isSelected(WantedState wanted, String path) {
        if (!wanted.paths().isEmpty()) {
            return new SelectionFilter(List.copyOf(wanted.paths()), List.of()).selectsProperty(path);
        }
        return filter.selectsProperty(path);
    }

    /** A property that was not captured is not wanted to be anything; unset, null and empty collection are one to Graph. */
    private static boolean isRealDifference(PropertyChange change) {
        boolean nested = change.path().indexOf('/') >= 0;
        if (change.after() == null && !nested) {
            return false;
        }
        if (change.property().equals("@odata.type") && change.before() == null) {
            return false;
        }
        return !(isEmpty(change.before()) && isEmpty(change.after()));
    }

    private Optional<OpenPoint> refusal(
            WantedState wanted, KindDescription description, JsonObject live, PropertyChange change) {
        String property = change.property();
        PropertyClass propertyClass = description.classOf(property);
        if (propertyClass != PropertyClass.WRITABLE) {
            boolean anew = !wanted.key().equals(wanted.recordedKey()) && propertyClass != PropertyClass.SPECIAL;
            return Optional.of(
                    anew
                            ? OpenPoint.of(
                                    OpenPoint.Why.NEW_ID,
                                    wanted.recordedKey(),
                                    change.path(),
                                    "was set anew when it was created anew")
                            : unwritable(wanted, change, propertyClass));
        }
        Optional<String> mastered = Mastery.refusal(description.kind(), live, property);
        if (mastered.isPresent()) {
            return Optional.of(
                    OpenPoint.of(OpenPoint.Why.UNRESTORABLE, wanted.recordedKey(), change.path(), mastered.get()));
        }
        boolean clearing = change.after() == null || change.after().isNull();
        if (clearing
                && description
                        .find(property)
                        .map(p -> p.has(Trait.NOT_CLEARABLE))
                        .orElse(false)
                && isTop(change)) {
            return Optional.of(OpenPoint.of(
                    OpenPoint.Why.UNRESTORABLE,
                    wanted.recordedKey(),
                    change.path(),
                    "cannot be cleared once it is set"));
        }
        if (onConflict != RestoreOptions.Conflict.OVERWRITE && changedAgain(description, wanted, change)) {
            return Optional.of(OpenPoint.of(
                    OpenPoint.Why.CONFLICT, wanted.recordedKey(), change.path(), "was changed again since"));
        }
        return Optional.empty();
    }

    private static OpenPoint unwritable(WantedState wanted, PropertyChange change, PropertyClass propertyClass) {
        return switch (propertyClass) {
            case CREATE_ONLY ->
                OpenPoint.of(
                        OpenPoint.Why.UNRESTORABLE,
                        wanted.recordedKey(),
                        change.path(),
                        "can be set only when the object is created");
            case SPECIAL ->
                OpenPoint.of(
                        OpenPoint.Why.MANUAL,
                        wanted.recordedKey(),
                        change.path(),
                        "is not put back by this restore and needs a step by hand");
            case UNKNOWN ->
                OpenPoint.of(
                        OpenPoint.Why.MANUAL,
                        wanted.recordedKey(),
                        change.path(),
                        "is newer than what this version knows of Graph and needs a step by hand");
            case READ_ONLY, WRITABLE ->
                OpenPoint.of(
                        OpenPoint.Why.UNRESTORABLE,
                        wanted.recordedKey(),
                        change.path(),
                        "is set by Graph or another system and cannot be written");
        };
    }

    /** Whether the live value is neither what is wanted nor what history saw last. */
    private static boolean changedAgain(KindDescription description, WantedState wanted, PropertyChange change) {
        JsonObject seen = wanted.latestBody();
        if (seen == null) {
            return false;
        }
        JsonObject latest = Canonicaliser.canonical(description.kind(), seen);
        JsonValue known = at(latest, change.path());
        return !(known == null ? isEmpty(change.before()) : known.equals(change.before()) || bothEmpty(known, change));
    }

    private static boolean bothEmpty(JsonValue known, PropertyChange change) {
        return isEmpty(known) && isEmpty(change.before());
    }

    private static @Nullable JsonValue at(JsonObject object, String path) {
        JsonValue value = object;
        for (String name : path.split("/", -1)) {
            String plain = name.replace("~1", "/").replace("~0", "~");
            if (!(value instanceof JsonObject inner)) {
                return null;
            }
            JsonValue next = inner.members().get(plain);
            if (next == null) {
                return null;
            }
            value = next;
        }
        return value;
    }

    /** What is unset at the top is cleared by name; inside a complex value, which is replaced whole, it is left out. */
    private static PropertyChange settable(KindDescription description, PropertyChange change) {
        if (!isTop(change) || change.after() != null && !change.after().isNull()) {
            return change;
        }
        JsonValue cleared = isCollection(description, change.path()) ? JsonArray.EMPTY : JsonNull.NULL;
        return new PropertyChange(change.path(), change.before(), cleared);
    }

    private static boolean isTop(PropertyChange change) {
        return change.path().indexOf('/') < 0;
    }

    private static boolean isCollection(KindDescription description, String path) {
        return description.find(path).map(p -> p.has(Trait.COLLECTION)).orElse(false);
    }

    private static boolean isEmpty(@Nullable JsonValue value) {
        return value == null
                || value.isNull()
                || value instanceof JsonArray array && array.isEmpty()
                || value instanceof JsonObject object
                        && object.members().values().stream().allMatch(PropertyPlanner::isEmpty);
    }
}
