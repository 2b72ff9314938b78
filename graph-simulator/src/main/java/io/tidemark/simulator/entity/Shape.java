package io.tidemark.simulator.entity;

import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The property names of an object, shared by all objects that have the same ones in the same order. */
final class Shape {

    private static final int MOST = 10_000;
    private static final Map<List<String>, Shape> KNOWN = new ConcurrentHashMap<>();
    private static final List<Shape> NUMBERED = new CopyOnWriteArrayList<>();

    private final String[] names;
    private final SerializedString[] written;
    private final TextPool[] pools;
    private final Map<String, Integer> positions;
    private final int number;

    private Shape(List<String> names, int number) {
        this.number = number;
        this.names = names.toArray(String[]::new);
        this.written = new SerializedString[this.names.length];
        this.pools = new TextPool[this.names.length];
        this.positions = new HashMap<>(names.size() * 2);
        for (int i = 0; i < this.names.length; i++) {
            positions.put(this.names[i], i);
            written[i] = new SerializedString(this.names[i]);
            pools[i] = TextPool.of(this.names[i]);
        }
    }

    /** The shape with these names. Odd ones beyond a limit are not kept, lest made-up names fill the memory. */
    static Shape of(List<String> names) {
        Shape known = KNOWN.get(names);
        return known == null ? add(new ArrayList<>(names)) : known;
    }

    private static synchronized Shape add(List<String> names) {
        Shape known = KNOWN.get(names);
        if (known != null) {
            return known;
        }
        if (NUMBERED.size() >= MOST) {
            return new Shape(names, -1);
        }
        Shape shape = new Shape(names, NUMBERED.size());
        NUMBERED.add(shape);
        KNOWN.put(List.copyOf(names), shape);
        return shape;
    }

    /** Whether an object has these names in this order. */
    boolean fits(JsonNode object) {
        if (object.size() != names.length) {
            return false;
        }
        int position = 0;
        for (Iterator<String> given = object.fieldNames(); given.hasNext(); ) {
            if (!names[position++].equals(given.next())) {
                return false;
            }
        }
        return true;
    }

    /** The shape with this number. */
    static Shape numbered(int number) {
        return NUMBERED.get(number);
    }

    /** Its number; negative if it has none. */
    int number() {
        return number;
    }

    int size() {
        return names.length;
    }

    String name(int position) {
        return names[position];
    }

    SerializedString written(int position) {
        return written[position];
    }

    @Nullable
    TextPool pool(int position) {
        return pools[position];
    }

    int position(String name) {
        Integer position = positions.get(name);
        return position == null ? -1 : position;
    }
}
