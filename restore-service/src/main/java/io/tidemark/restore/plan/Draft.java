package io.tidemark.restore.plan;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan in the making: steps with their phase, and open points. */
final class Draft {

    private final List<Entry> entries = new ArrayList<>();
    private final List<OpenPoint> open = new ArrayList<>();
    private final Map<String, Integer> patches = new HashMap<>();

    /** A step and when it is taken. */
    record Entry(Phase phase, RestoreStep step) {}

    /** Adds a step. Two that set properties of one object in one phase become one. */
    void add(Phase phase, RestoreStep step) {
        if (step instanceof RestoreStep.PatchProperties patch) {
            Integer earlier = patches.get(phase + "/" + patch.object());
            if (earlier != null && entries.get(earlier).step() instanceof RestoreStep.PatchProperties first) {
                entries.set(earlier, new Entry(phase, merged(first, patch)));
                return;
            }
            patches.put(phase + "/" + patch.object(), entries.size());
        }
        entries.add(new Entry(phase, step));
    }

    private static RestoreStep merged(RestoreStep.PatchProperties first, RestoreStep.PatchProperties second) {
        Map<String, JsonValue> patch = new LinkedHashMap<>(second.patch().members());
        patch.putAll(first.patch().members());
        Map<String, JsonValue> before = new LinkedHashMap<>(second.before().members());
        before.putAll(first.before().members());
        return new RestoreStep.PatchProperties(first.object(), new JsonObject(patch), new JsonObject(before));
    }

    void open(OpenPoint point) {
        open.add(point);
    }

    void open(List<OpenPoint> points) {
        open.addAll(points);
    }

    List<Entry> entries() {
        return entries;
    }

    List<OpenPoint> open() {
        return open;
    }
}
