package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Objects by the values of one property in any case, in a few bytes each: only hashes are kept, the values stay where they are. */
final class ValueIndex {

    private static final Object GONE = new Object();
    private static final int LEAST = 16;
    private static final long[] NONE = {};

    private final String property;
    private long[] hashes = new long[LEAST];
    private Object[] slots = new Object[LEAST];
    private int used;
    private int live;

    ValueIndex(String property) {
        this.property = property;
    }

    /** Several objects whose values have one hash. */
    private static final class Several extends ArrayList<Node> {
        private static final long serialVersionUID = 1L;
    }

    void add(Node node, Entity entity) {
        add(node, hashes(entity));
    }

    /** Adds an object by the hashes of its values. */
    void add(Node node, long[] hashes) {
        for (long hash : hashes) {
            put(hash, node);
        }
    }

    /** The hashes of the values of an object. */
    long[] hashes(Entity entity) {
        return hashes(entity.get(property));
    }

    /** The hashes of the values that an object is told with. */
    long[] hashes(ObjectNode told, Entity entity) {
        JsonNode value = told.get(property);
        return hashes(value == null || value.isNull() || value.isTextual() ? value : entity.get(property));
    }

    private static long[] hashes(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return NONE;
        }
        if (value.isTextual()) {
            return new long[] {hash(value.textValue().toLowerCase(Locale.ROOT))};
        }
        return values(value).stream().mapToLong(ValueIndex::hash).toArray();
    }

    void remove(Node node, Entity entity) {
        for (String value : values(entity.get(property))) {
            take(hash(value), node);
        }
    }

    /** Leaves the index as it is if the property did not change. */
    boolean unaffected(Entity before, Entity after) {
        return before.same(property, after);
    }

    /** The objects with this value. */
    List<Node> with(String value) {
        String wanted = value.toLowerCase(Locale.ROOT);
        int slot = find(hash(wanted));
        Object found = slot < 0 ? null : slots[slot];
        if (found instanceof Node node) {
            return holds(node, wanted) ? List.of(node) : List.of();
        }
        List<Node> matching = new ArrayList<>();
        if (found instanceof Several several) {
            for (Node node : several) {
                if (holds(node, wanted)) {
                    matching.add(node);
                }
            }
        }
        return matching;
    }

    private boolean holds(Node node, String wanted) {
        return values(node.entity().get(property)).contains(wanted);
    }

    private int find(long hash) {
        int slot = slot(hash, slots.length);
        while (slots[slot] != null) {
            if (hashes[slot] == hash && slots[slot] != GONE) {
                return slot;
            }
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return -1;
    }

    private void put(long hash, Node node) {
        int slot = find(hash);
        if (slot >= 0) {
            if (slots[slot] instanceof Several several) {
                several.add(node);
            } else {
                Several several = new Several();
                several.add((Node) slots[slot]);
                several.add(node);
                slots[slot] = several;
            }
            return;
        }
        if ((used + 1) * 3 > slots.length * 2) {
            rebuild();
        }
        place(hashes, slots, hash, node);
        used++;
        live++;
    }

    private static void place(long[] hashes, Object[] slots, long hash, Object what) {
        int slot = slot(hash, slots.length);
        while (slots[slot] != null) {
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        hashes[slot] = hash;
        slots[slot] = what;
    }

    private void rebuild() {
        int length = Math.max(LEAST, live * 3);
        long[] nextHashes = new long[length];
        Object[] next = new Object[length];
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null && slots[i] != GONE) {
                place(nextHashes, next, hashes[i], slots[i]);
            }
        }
        hashes = nextHashes;
        slots = next;
        used = live;
    }

    private void take(long hash, Node node) {
        int slot = find(hash);
        if (slot < 0) {
            return;
        }
        if (slots[slot] instanceof Several several) {
            several.remove(node);
            if (several.size() == 1) {
                slots[slot] = several.get(0);
            }
        } else if (slots[slot] == node) {
            slots[slot] = GONE;
            live--;
        }
    }

    private static int slot(long hash, int length) {
        return (int) Math.floorMod(hash ^ hash >>> 32, length);
    }

    private static long hash(String lower) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < lower.length(); i++) {
            hash = (hash ^ lower.charAt(i)) * 0x100000001b3L;
        }
        return hash * 0x9E3779B97F4A7C15L;
    }

    private static List<String> values(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (value.isArray()) {
            List<String> all = new ArrayList<>(value.size());
            value.forEach(item -> all.add(item.asText().toLowerCase(Locale.ROOT)));
            return all;
        }
        return List.of(value.asText().toLowerCase(Locale.ROOT));
    }
}
