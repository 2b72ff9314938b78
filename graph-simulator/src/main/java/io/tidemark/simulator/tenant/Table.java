package io.tidemark.simulator.tenant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All objects of one kind: in order of arrival, by id, by indexed properties; and those in the recycle bin. */
final class Table {

    private final Kind kind;
    private final IdIndex byId = new IdIndex();
    private final List<Node> order = new ArrayList<>();
    private final Map<String, Node> bin = new LinkedHashMap<>();
    private final Map<String, ValueIndex> indexes = new LinkedHashMap<>();
    private final Journal journal = new Journal();
    private int gone;

    Table(Kind kind) {
        this.kind = kind;
        kind.indexed().forEach(property -> indexes.put(property, new ValueIndex(property)));
    }

    Kind kind() {
        return kind;
    }

    Journal journal() {
        return journal;
    }

    /** The object with this id, live or in the bin. */
    @Nullable
    Node get(String id) {
        return byId.get(id);
    }

    int live() {
        return order.size() - gone - bin.size();
    }

    Collection<Node> bin() {
        return bin.values();
    }

    void add(Node node) {
        byId.add(node);
        order.add(node);
        indexes.values().forEach(index -> index.add(node, node.entity()));
    }

    void replace(Node node, Entity next) {
        Entity before = node.entity();
        List<ValueIndex> affected = indexes.values().stream()
                .filter(i -> !i.unaffected(before, next))
                .toList();
        affected.forEach(index -> index.remove(node, before));
        node.become(next);
        affected.forEach(index -> index.add(node, next));
    }

    void toBin(Node node) {
        node.move(Node.State.DELETED);
        bin.put(node.id(), node);
    }

    void fromBin(Node node) {
        bin.remove(node.id());
        node.move(Node.State.LIVE);
    }

    void purge(Node node) {
        indexes.values().forEach(index -> index.remove(node, node.entity()));
        bin.remove(node.id());
        byId.remove(node);
        node.move(Node.State.PURGED);
        gone++;
        if (gone > 1000 && gone > order.size() / 2) {
            order.removeIf(n -> n.state() == Node.State.PURGED);
            gone = 0;
        }
    }

    /** The first live object, if a property of it sorts before a limit. */
    @Nullable
    Node oldestBefore(String property, String limit) {
        for (Node node : order) {
            if (node.live()) {
                String value = node.entity().text(property);
                return value != null && value.compareTo(limit) < 0 ? node : null;
            }
        }
        return null;
    }

    /** The objects, live or not, that came after the given one. */
    List<Node> after(long sequence) {
        return order.subList(positionAfter(sequence), order.size());
    }

    private int positionAfter(long sequence) {
        int low = 0;
        int high = order.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.get(middle).sequence() > sequence) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    boolean indexed(String property) {
        return indexes.containsKey(property);
    }

    /** The objects, live or in the bin, with this value in an indexed property. */
    List<Node> with(String property, String value) {
        ValueIndex index = indexes.get(property);
        return index == null ? List.of() : index.with(value);
    }
}
