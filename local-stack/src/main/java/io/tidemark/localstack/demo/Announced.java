package io.tidemark.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the restores said would stay different: open points, and new ids of what had to be created anew. */
final class Announced {

    /** One open point. */
    private record Point(String type, String id, String path, String reason) {
        boolean covers(String otherType, String otherId, String otherPath) {
            return type.equals(otherType)
                    && id.equals(otherId)
                    && (path.isEmpty() || otherPath.equals(path) || otherPath.startsWith(path + "/"));
        }
    }

    private final Set<Point> points = new LinkedHashSet<>();
    private final Map<String, String> ids = new LinkedHashMap<>();

    /** Takes in what a restore that has ended says. */
    void add(JsonNode restore) {
        restore.at("/result/leftovers").forEach(this::addPoint);
        restore.at("/plan/unrestorable").forEach(this::addPoint);
        restore.at("/result/idMap")
                .properties()
                .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asText()));
    }

    /** Something else that was renamed with a re-created object, as an application's client id. */
    void renamed(String old, String now) {
        ids.put(old, now);
    }

    Map<String, String> ids() {
        return ids;
    }

    /** The open points, those alike together in one line with how many they are. */
    List<String> lines() {
        Map<String, Integer> alike = new TreeMap<>();
        points.forEach(point ->
                alike.merge((point.type() + " " + point.path()).strip() + ": " + point.reason(), 1, Integer::sum));
        return alike.entrySet().stream()
                .map(line -> line.getValue() + " × " + line.getKey())
                .toList();
    }

    /** The differences of a report's item that nothing was said about. */
    List<String> unexplained(JsonNode item) {
        String type = item.path("type").asText();
        String id = item.path("id").asText();
        String action = item.path("action").asText();
        if (ids.containsKey(id) && action.endsWith("_DELETED") || ids.containsValue(id) && action.equals("CREATED")) {
            return List.of();
        }
        List<String> open = new ArrayList<>();
        if (!action.equals("MODIFIED") && points.stream().noneMatch(point -> point.covers(type, id, ""))) {
            open.add(type + " " + id + " " + action);
        }
        for (JsonNode property : item.path("properties")) {
            String path = property.path("path").asText();
            boolean renamed = translated(property.path("before")).equals(translated(property.path("after")));
            if (!renamed && !covered(type, id, path)) {
                open.add(type + " " + id + " " + path);
            }
        }
        for (JsonNode link : item.path("links")) {
            String target = link.path("targetId").asText();
            String relation = link.path("relation").asText();
            boolean renamed = ids.containsKey(target) || ids.containsValue(target);
            if (!renamed && !covered(type, id, relation) && !covered(type + "." + relation, id + "~" + target, "")) {
                open.add(type + " " + id + " " + relation + " " + target);
            }
        }
        return open;
    }

    private void addPoint(JsonNode point) {
        String path = point.path("path").asText(point.path("property").asText(""));
        points.add(new Point(
                point.path("type").asText(),
                point.path("id").asText(),
                path,
                point.path("reason").asText()));
    }

    private boolean covered(String type, String id, String path) {
        return points.stream().anyMatch(point -> point.covers(type, id, path));
    }

    private String translated(JsonNode value) {
        String text = value.toString();
        for (Map.Entry<String, String> renaming : ids.entrySet()) {
            text = text.replace(renaming.getKey(), renaming.getValue());
        }
        return text;
    }
}
