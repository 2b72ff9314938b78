package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All objects of one kind: in order of arrival, by id, by indexed properties; and those in the recycle bin. */
final class Table {

    private final Kind kind;
    private final Map<String, Node> byId = new ConcurrentHashMap<>();
    private final List<Node> order = new ArrayList<>();
    private final Map<String, Node> bin = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Node>>> indexes = new HashMap<>();
    private final Journal journal = new Journal();
    private int gone;

    Table(Kind kind) {
        this.kind = kind;
        kind.indexed().forEach(property -> indexes.put(property, new HashMap<>()));
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
        Node exact = byId.get(id);
        return exact != null ? exact : byId.get(id.toLowerCase(Locale.ROOT));
    }

    int live() {
        return order.size() - gone - bin.size();
    }

    Collection<Node> bin() {
        return bin.values();
    }

    void add(Node node) {
        byId.put(node.id(), node);
        order.add(node);
        index(node, node.entity());
    }

    void replace(Node node, Entity next) {
        unindex(node, node.entity());
        node.become(next);
        index(node, next);
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
        unindex(node, node.entity());
        bin.remove(node.id());
        byId.remove(node.id());
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
        Map<String, List<Node>> index = indexes.get(property);
        return index == null ? List.of() : index.getOrDefault(value.toLowerCase(Locale.ROOT), List.of());
    }

    private void index(Node node, Entity entity) {
        indexes.forEach((property, index) -> {
            for (String value : values(entity.get(property))) {
                List<Node> others = index.getOrDefault(value, List.of());
                if (others.isEmpty()) {
                    index.put(value, List.of(node));
                } else if (others.size() == 1) {
                    index.put(value, new ArrayList<>(List.of(others.get(0), node)));
                } else {
                    others.add(node);
                }
            }
        });
    }

    private void unindex(Node node, Entity entity) {
        indexes.forEach((property, index) -> {
            for (String value : values(entity.get(property))) {
                List<Node> others = new ArrayList<>(index.getOrDefault(value, List.of()));
                others.remove(node);
                if (others.isEmpty()) {
                    index.remove(value);
                } else {
                    index.put(value, others.size() == 1 ? List.of(others.get(0)) : others);
                }
            }
        });
    }

    private static List<String> values(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (value.isArray()) {
            List<String> all = new ArrayList<>();
            value.forEach(item -> all.add(item.asText().toLowerCase(Locale.ROOT)));
            return all;
        }
        return List.of(value.asText().toLowerCase(Locale.ROOT));
    }
}
