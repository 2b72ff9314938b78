package io.tidemark.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What restores said would stay different, and the new ids of what they had to create anew. */
final class Announced {

    private record Point(String type, String id, String path, String reason) {}

    private final Set<Point> points = new LinkedHashSet<>();
    private final Map<String, String> ids = new LinkedHashMap<>();

    static Announced by(JsonNode... restores) {
        Announced announced = new Announced();
        for (JsonNode restore : restores) {
            restore.at("/plan/unrestorable").forEach(announced::add);
            restore.at("/result/leftovers").forEach(announced::add);
            restore.at("/result/idMap")
                    .properties()
                    .forEach(entry ->
                            announced.ids.put(entry.getKey(), entry.getValue().asText()));
        }
        return announced;
    }

    /** New ids by old ones; the application id of a re-created application among them. */
    Map<String, String> ids(ExportedTenant before, ExportedTenant now) {
        Map<String, String> all = new LinkedHashMap<>(ids);
        ids.forEach((old, made) -> before.text("application", old, "appId")
                .ifPresent(was -> now.text("application", made, "appId").ifPresent(is -> all.put(was, is))));
        return all;
    }

    /** The facts that nothing was said about. An object that is modified only by what was announced is announced, too. */
    Set<Fact> without(Set<Fact> facts) {
        Set<Fact> unannounced = Facts.empty();
        facts.stream().filter(fact -> !fact.isModified() && !covers(fact)).forEach(unannounced::add);
        return unannounced;
    }

    private boolean covers(Fact fact) {
        return points.stream().anyMatch(point -> covers(point, fact));
    }

    private static boolean covers(Point point, Fact fact) {
        if (point.type().equals(fact.type() + "." + fact.relation())) {
            return point.id().equals(fact.id() + "~" + fact.target());
        }
        return point.type().equals(fact.type())
                && point.id().equals(fact.id())
                && (point.path().isEmpty()
                        || fact.what().equals(point.path())
                        || fact.relation().equals(point.path())
                        || fact.what().startsWith(point.path() + "/"));
    }

    private void add(JsonNode point) {
        points.add(new Point(
                point.path("type").asText(),
                point.path("id").asText(),
                point.path("path").asText(""),
                point.path("reason").asText()));
    }

    /** The same with the ids that things have now. */
    Announced renamed(Map<String, String> renaming) {
        Announced renamed = new Announced();
        for (Point point : points) {
            String id = point.id();
            for (Map.Entry<String, String> entry : renaming.entrySet()) {
                id = id.replace(entry.getKey(), entry.getValue());
            }
            renamed.points.add(new Point(point.type(), id, point.path(), point.reason()));
        }
        renamed.ids.putAll(ids);
        return renamed;
    }

    /** The points without those that are the same for many objects: a rule's members. */
    @Override
    public String toString() {
        return points.stream()
                        .filter(point -> !point.type().endsWith(".members"))
                        .toList()
                + " " + ids;
    }
}
