package io.tidemark.simulator.tenant;

import io.tidemark.simulator.entity.Guid;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Objects by their ids, in a few bytes each. Whoever reads while somebody writes may miss the newest. */
final class IdIndex {

    private static final Object GONE = new Object();
    private static final int LEAST = 64;

    private final Map<String, Node> named = new ConcurrentHashMap<>();
    private volatile Object[] slots = new Object[LEAST];
    private int used;
    private int live;

    void add(Node node) {
        if (!node.idIsGuid()) {
            named.put(node.id(), node);
            if (node.kind().named()) {
                named.put(node.id().toLowerCase(Locale.ROOT), node);
            }
            return;
        }
        if ((used + 1) * 3 > slots.length * 2) {
            rebuild();
        }
        place(slots, node);
        used++;
        live++;
    }

    private static void place(Object[] into, Node node) {
        int slot = slot(node.idHigh(), node.idLow(), into.length);
        while (into[slot] != null) {
            slot = slot + 1 == into.length ? 0 : slot + 1;
        }
        into[slot] = node;
    }

    private void rebuild() {
        Object[] next = new Object[Math.max(LEAST, live * 3)];
        for (Object one : slots) {
            if (one instanceof Node node) {
                place(next, node);
            }
        }
        slots = next;
        used = live;
    }

    private static int slot(long high, long low, int length) {
        long mixed = (high ^ Long.rotateLeft(low, 31)) * 0x9E3779B97F4A7C15L;
        return (int) Math.floorMod(mixed ^ mixed >>> 32, length);
    }

    void remove(Node node) {
        if (!node.idIsGuid()) {
            named.remove(node.id());
            named.remove(node.id().toLowerCase(Locale.ROOT), node);
            return;
        }
        Object[] present = slots;
        int slot = slot(node.idHigh(), node.idLow(), present.length);
        while (present[slot] != null) {
            if (present[slot] == node) {
                present[slot] = GONE;
                live--;
                return;
            }
            slot = slot + 1 == present.length ? 0 : slot + 1;
        }
    }

    /** The object with this id in any case. */
    @Nullable
    Node get(String id) {
        Guid guid = Guid.anyCase(id);
        Node found = guid == null ? null : find(guid.high(), guid.low());
        if (found != null) {
            return found;
        }
        if (named.isEmpty()) {
            return null;
        }
        Node exact = named.get(id);
        return exact != null ? exact : named.get(id.toLowerCase(Locale.ROOT));
    }

    private @Nullable Node find(long high, long low) {
        Object[] present = slots;
        int slot = slot(high, low, present.length);
        while (present[slot] != null) {
            if (present[slot] instanceof Node node && node.idHigh() == high && node.idLow() == low) {
                return node;
            }
            slot = slot + 1 == present.length ? 0 : slot + 1;
        }
        return null;
    }
}
