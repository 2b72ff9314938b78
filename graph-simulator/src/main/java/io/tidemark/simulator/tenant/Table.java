package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All objects of one kind: in order of arrival, by id, by indexed properties; and those in the recycle bin. */
public final class Table {

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
    public Node get(String id) {
        return byId.get(id);
    }

    int live() {
        return order.size() - gone - bin.size();
    }

    Collection<Node> bin() {
        return bin.values();
    }

    /** Adds an object with its hashes. */
    void add(Node node, long[][] hashes) {
        byId.add(node);
        order.add(node);
        int position = 0;
        for (ValueIndex index : indexes.values()) {
            index.add(node, hashes[position++]);
        }
    }

    /** The hashes by which an object will be found, for each indexed property. Several threads may ask at a time. */
    long[][] hashes(Entity entity) {
        return indexes.values().stream().map(index -> index.hashes(entity)).toArray(long[][]::new);
    }

    /** The same for an object that has just been told, which need not be unpacked. */
    long[][] hashes(ObjectNode told, Entity entity) {
        long[][] hashes = new long[indexes.size()][];
        int position = 0;
        for (ValueIndex index : indexes.values()) {
            hashes[position++] = index.hashes(told, entity);
        }
        return hashes;
    }

    public void replace(Node node, Entity next) {
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

    public void purge(Node node) {
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
    public List<Node> with(String property, String value) {
        ValueIndex index = indexes.get(property);
        return index == null ? List.of() : index.with(value);
    }
}
