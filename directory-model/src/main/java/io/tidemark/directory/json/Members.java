package io.tidemark.directory.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Named values in the order given, which never change. They stand in two arrays, for most objects that are read are ends of links with two
 * members: as a hash map such an object takes six times the memory.
 */
final class Members extends AbstractMap<String, JsonValue> {

    /** Up to so many names are looked through one by one. */
    private static final int FEW = 8;

    private final String[] names;
    private final JsonValue[] values;
    private final int size;
    private final int @Nullable [] slots;

    private Members(String[] names, JsonValue[] values, int size, int @Nullable [] slots) {
        this.names = names;
        this.values = values;
        this.size = size;
        this.slots = slots;
    }

    static Members copyOf(Map<String, JsonValue> members) {
        Builder copy = new Builder(members.size());
        members.forEach((name, value) -> {
            if (!copy.add(name, value)) {
                throw new IllegalArgumentException("a name stands twice");
            }
        });
        return copy.build();
    }

    /** Gathers members. */
    static final class Builder {

        private String[] names;
        private JsonValue[] values;
        private int size;
        private int @Nullable [] slots;

        Builder(int expected) {
            names = new String[expected];
            values = new JsonValue[expected];
        }

        /** Adds a member, unless there is one of that name already, and says whether it did. */
        boolean add(String name, JsonValue value) {
            if (Members.find(names, size, slots, name) >= 0) {
                return false;
            }
            if (size == names.length) {
                names = Arrays.copyOf(names, Math.max(4, 2 * size));
                values = Arrays.copyOf(values, names.length);
            }
            names[size] = name;
            values[size] = value;
            size++;
            note(name);
            return true;
        }

        Members build() {
            return new Members(names, values, size, slots);
        }

        private void note(String name) {
            if (size <= FEW) {
                return;
            }
            if (slots == null || 2 * size > slots.length) {
                slots = new int[Math.max(8 * FEW, 2 * (slots == null ? 0 : slots.length))];
                for (int at = 0; at < size; at++) {
                    slots[slot(names, slots, names[at])] = at + 1;
                }
            } else {
                slots[slot(names, slots, name)] = size;
            }
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable JsonValue get(@Nullable Object name) {
        int at = name instanceof String text ? find(names, size, slots, text) : -1;
        return at < 0 ? null : values[at];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super JsonValue> action) {
        for (int at = 0; at < size; at++) {
            action.accept(names[at], values[at]);
        }
    }

    @Override
    public Set<Map.Entry<String, JsonValue>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, JsonValue>> iterator() {
                return entries();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private Iterator<Map.Entry<String, JsonValue>> entries() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public Map.Entry<String, JsonValue> next() {
                if (next == size) {
                    throw new NoSuchElementException();
                }
                int at = next++;
                return Map.entry(names[at], values[at]);
            }
        };
    }

    private static int find(String[] names, int size, int @Nullable [] slots, String name) {
        if (slots != null) {
            return slots[slot(names, slots, name)] - 1;
        }
        for (int at = 0; at < size; at++) {
            if (names[at].equals(name)) {
                return at;
            }
        }
        return -1;
    }

    /** Where the name's place is noted, or would be. */
    private static int slot(String[] names, int[] slots, String name) {
        int hash = name.hashCode();
        int slot = (hash ^ hash >>> 16) & slots.length - 1;
        while (slots[slot] != 0 && !names[slots[slot] - 1].equals(name)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }
}
