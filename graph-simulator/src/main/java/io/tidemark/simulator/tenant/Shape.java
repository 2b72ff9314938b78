package io.tidemark.simulator.tenant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The property names of an object, shared by all objects that have the same ones in the same order. */
final class Shape {

    private static final Map<List<String>, Shape> KNOWN = new ConcurrentHashMap<>();

    private final String[] names;
    private final Map<String, Integer> positions;

    private Shape(List<String> names) {
        this.names = names.toArray(String[]::new);
        this.positions = new HashMap<>(names.size() * 2);
        for (int i = 0; i < this.names.length; i++) {
            positions.put(this.names[i], i);
        }
    }

    static Shape of(List<String> names) {
        return KNOWN.computeIfAbsent(names, key -> new Shape(List.copyOf(key)));
    }

    int size() {
        return names.length;
    }

    String name(int position) {
        return names[position];
    }

    int position(String name) {
        Integer position = positions.get(name);
        return position == null ? -1 : position;
    }
}
