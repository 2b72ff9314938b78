package io.tidemark.directory.comparison;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Compares two states of one object, property by property. Complex values are compared member by member, collections as a whole. Of kinds
 * that show only what is asked for by name, a property newer than the catalogue that one of the states lacks was not asked for then: whether
 * it has changed is not known, so it is no change.
 */
public final class ObjectDiffer {

    private ObjectDiffer() {}

    /**
     * What leads from one state to the other, in order of path. The states may be as read: they are brought into canonical form first.
     */
    public static List<PropertyChange> diff(ObjectKind kind, JsonObject before, JsonObject after) {
        List<PropertyChange> changes = new ArrayList<>();
        JsonObject old = Canonicaliser.canonical(kind, before);
        JsonObject now = Canonicaliser.canonical(kind, after);
        compare(PropertyPath::of, shownInBoth(kind, old, now), shownInBoth(kind, now, old), changes);
        return changes;
    }

    /** The state that the changes lead to from a state in canonical form. */
    public static JsonObject apply(JsonObject state, List<PropertyChange> changes) {
        JsonObject result = state;
        for (PropertyChange change : changes) {
            result = set(result, PropertyPath.names(change.path()), change.after());
        }
        return result;
    }

    private static JsonObject shownInBoth(ObjectKind kind, JsonObject state, JsonObject other) {
        KindDescription description = Catalogue.of(kind);
        if (!description.isShownByName()) {
            return state;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>(state.members());
        members.keySet()
                .removeIf(name -> description.isNewer(name) && !other.members().containsKey(name));
        return members.size() == state.members().size() ? state : new JsonObject(members);
    }

    private static void compare(
            UnaryOperator<String> path, JsonObject before, JsonObject after, List<PropertyChange> changes) {
        TreeSet<String> names = new TreeSet<>(before.names());
        names.addAll(after.names());
        for (String name : names) {
            JsonValue old = before.members().get(name);
            JsonValue now = after.members().get(name);
            if (Objects.equals(old, now)) {
                continue;
            }
            String child = path.apply(name);
            if (old instanceof JsonObject oldObject && now instanceof JsonObject nowObject) {
                compare(inner -> PropertyPath.child(child, inner), oldObject, nowObject, changes);
            } else {
                changes.add(new PropertyChange(child, old, now));
            }
        }
    }

    private static JsonObject set(JsonObject state, List<String> names, @Nullable JsonValue value) {
        Map<String, JsonValue> members = new LinkedHashMap<>(state.members());
        String first = names.get(0);
        if (names.size() == 1) {
            if (value == null) {
                members.remove(first);
            } else {
                members.put(first, value);
            }
            return new JsonObject(members);
        }
        JsonObject inner = members.get(first) instanceof JsonObject object ? object : JsonObject.EMPTY;
        members.put(first, set(inner, names.subList(1, names.size()), value));
        return new JsonObject(members);
    }
}
