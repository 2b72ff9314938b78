package io.tidemark.diff.compare;

import io.tidemark.diff.compare.LinkChange.Direction;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.comparison.ObjectDiffer;
import io.tidemark.directory.comparison.PropertyChange;
import io.tidemark.directory.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns states at two moments into what differs, object by object. */
public final class MomentDiffer {

    private static final List<String> NAMES = List.of("displayName", "userPrincipalName", "appDisplayName");
    private static final Comparator<LinkChange> ORDER =
            Comparator.comparing(change -> change.link().key());

    private MomentDiffer() {}

    /** The object that a key's difference is shown with: the object itself, or the source of a link. */
    public static ObjectRef owner(StateKey key) {
        return key.isLink() ? Link.parse(key).sourceRef() : ObjectRef.of(ObjectKind.parse(key.type()), key.id());
    }

    /** Whether a key has to do with a type: its own, or for a link the kind that it hangs on. */
    public static boolean isOfType(StateKey key, String type) {
        return key.type().equals(type)
                || key.isLink() && LinkKind.parse(key.type()).source().word().equals(type);
    }

    /**
     * What differs, in order of object. The pairs must hold every key of an object whose links or properties may differ; the object's own
     * pair gives it its name even if it is the same at both moments.
     */
    public static List<Difference> differences(Collection<StatePair> pairs) {
        Map<StateKey, StatePair> objects = new HashMap<>();
        Map<StateKey, List<LinkChange>> links = new TreeMap<>();
        for (StatePair pair : pairs) {
            if (pair.key().isLink()) {
                link(pair)
                        .ifPresent(change -> links.computeIfAbsent(
                                        change.link().sourceRef().key(), owner -> new ArrayList<>())
                                .add(change));
            } else {
                objects.put(pair.key(), pair);
            }
        }
        Map<StateKey, Difference> differences = new TreeMap<>();
        objects.forEach((key, pair) -> difference(key, pair, links.getOrDefault(key, List.of()))
                .ifPresent(difference -> differences.put(key, difference)));
        links.forEach((owner, changes) -> {
            if (!objects.containsKey(owner)) {
                difference(owner, null, changes).ifPresent(difference -> differences.put(owner, difference));
            }
        });
        return List.copyOf(differences.values());
    }

    /** What people call an object with these properties, if they say. */
    public static Optional<String> name(JsonObject properties) {
        return NAMES.stream()
                .flatMap(name -> properties.findString(name).stream())
                .filter(name -> !name.isBlank())
                .findFirst();
    }

    private static Optional<LinkChange> link(StatePair pair) {
        if (pair.before().isPresent() == pair.after().isPresent()) {
            return Optional.empty();
        }
        JsonObject shown = pair.after().isPresent()
                ? pair.after().properties()
                : pair.before().properties();
        Direction direction = pair.after().isPresent() ? Direction.ADDED : Direction.REMOVED;
        return Optional.of(new LinkChange(
                Link.parse(pair.key()),
                direction,
                shown.findString("targetType").orElse(null)));
    }

    private static Optional<Difference> difference(StateKey owner, @Nullable StatePair pair, List<LinkChange> links) {
        List<LinkChange> sorted = links.stream().sorted(ORDER).toList();
        ObjectRef object = owner(owner);
        if (pair == null) {
            return links.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Difference(object, null, Action.MODIFIED, List.of(), sorted));
        }
        Optional<Action> action =
                Action.between(pair.before().presence(), pair.after().presence());
        List<PropertyChange> properties = changedProperties(object, pair);
        if (action.isEmpty() && properties.isEmpty() && links.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Difference(object, name(pair).orElse(null), action.orElse(Action.MODIFIED), properties, sorted));
    }

    private static List<PropertyChange> changedProperties(ObjectRef object, StatePair pair) {
        boolean both = pair.before().isPresent() && pair.after().isPresent();
        return both && pair.differs()
                ? ObjectDiffer.diff(
                        object.kind(), pair.before().properties(), pair.after().properties())
                : List.of();
    }

    private static Optional<String> name(StatePair pair) {
        return name(pair.after().properties()).or(() -> name(pair.before().properties()));
    }
}
