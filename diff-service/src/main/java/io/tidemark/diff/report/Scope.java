package io.tidemark.diff.report;

import io.tidemark.contracts.Selection.ObjectKey;
import io.tidemark.diff.compare.MomentDiffer;
import io.tidemark.directory.Link;
import io.tidemark.directory.StateKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which part of a tenant is looked at. Each list that is not empty narrows it.
 *
 * @param types kinds of objects, which include the links that hang on them, or kinds of links
 * @param objects named objects; a link belongs to both its ends
 */
public record Scope(List<String> types, List<ObjectKey> objects) {

    public Scope {
        types = types == null ? List.of() : List.copyOf(types);
        objects = objects == null ? List.of() : List.copyOf(objects);
    }

    /** The same for the same part, however it was asked for. */
    public String text() {
        String named = objects.stream()
                .map(object -> object.type() + "|" + object.id())
                .sorted()
                .collect(Collectors.joining(","));
        return types.stream().sorted().collect(Collectors.joining(",")) + ";" + named;
    }

    /** Leaves only keys that are in scope. */
    public List<StateKey> filter(Iterable<StateKey> keys) {
        Set<String> ids = new HashSet<>();
        Set<StateKey> named = new HashSet<>();
        for (ObjectKey object : objects) {
            ids.add(object.id());
            named.add(new StateKey(object.type(), object.id()));
        }
        List<StateKey> kept = new ArrayList<>();
        for (StateKey key : keys) {
            boolean typed = types.isEmpty() || types.stream().anyMatch(type -> MomentDiffer.isOfType(key, type));
            if (typed && (named.isEmpty() || isNamed(key, named, ids))) {
                kept.add(key);
            }
        }
        return kept;
    }

    /** A link's target is named by its id alone, which is unique in a tenant. */
    private static boolean isNamed(StateKey key, Set<StateKey> named, Set<String> ids) {
        if (!key.isLink()) {
            return named.contains(key);
        }
        Link link = Link.parse(key);
        return named.contains(link.sourceRef().key())
                || ids.contains(link.target().value());
    }
}
