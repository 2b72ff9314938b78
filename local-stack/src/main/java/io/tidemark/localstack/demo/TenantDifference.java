package io.tidemark.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What really differs between two pictures of the tenant, counted as a report counts it. */
final class TenantDifference {

    private final Map<String, Long> actions = new TreeMap<>();
    private final Map<String, Long> properties = new TreeMap<>();
    private final Map<String, Long> links = new TreeMap<>();
    private final Map<String, String> actionOf = new HashMap<>();
    private final Set<String> linkedSources = new TreeSet<>();

    void modified(String key, List<String> paths) {
        count(key, "modified");
        paths.forEach(path -> properties.merge(type(key) + "/" + path, 1L, Long::sum));
    }

    void deleted(String key, boolean recoverable) {
        count(key, recoverable ? "softDeleted" : "hardDeleted");
    }

    void appeared(String key, boolean fromBin) {
        count(key, fromBin ? "restored" : "created");
    }

    void linked(String link) {
        links.merge(type(link) + " added", 1L, Long::sum);
        linkedSources.add(source(link));
    }

    void unlinked(String link) {
        links.merge(type(link) + " removed", 1L, Long::sum);
        linkedSources.add(source(link));
    }

    /** Objects by type and what happened to them; an object of which only links differ is modified. */
    Map<String, Long> objects() {
        Map<String, Long> all = new TreeMap<>(actions);
        linkedSources.stream()
                .filter(key -> !actionOf.containsKey(key))
                .forEach(key -> all.merge(type(key) + " modified", 1L, Long::sum));
        return all;
    }

    /** Objects by type and property path. */
    Map<String, Long> properties() {
        return properties;
    }

    /** Links by type, added and removed. */
    Map<String, Long> links() {
        return links;
    }

    /** Every object that differs itself or in a link that starts there, as {@code type|id}. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>(actionOf.keySet());
        keys.addAll(linkedSources);
        return keys;
    }

    /** A report's counts of objects in the words used here. */
    static Map<String, Long> objects(JsonNode counts) {
        Map<String, Long> objects = new TreeMap<>();
        counts.path("byType")
                .properties()
                .forEach(type -> type.getValue().properties().forEach(action -> {
                    if (action.getValue().asLong() > 0) {
                        objects.put(
                                type.getKey() + " " + action.getKey(),
                                action.getValue().asLong());
                    }
                }));
        return objects;
    }

    /** A report's counts of changed properties; what a deleted or new object had is not among them. */
    static Map<String, Long> properties(JsonNode counts) {
        Map<String, Long> properties = new TreeMap<>();
        counts.path("byProperty")
                .properties()
                .forEach(path -> properties.put(path.getKey(), path.getValue().asLong()));
        return properties;
    }

    /** A report's counts of links in the words used here. */
    static Map<String, Long> links(JsonNode counts) {
        Map<String, Long> links = new TreeMap<>();
        counts.path("byLink")
                .properties()
                .forEach(link -> link.getValue().properties().forEach(direction -> {
                    if (direction.getValue().asLong() > 0) {
                        links.put(
                                link.getKey() + " " + direction.getKey(),
                                direction.getValue().asLong());
                    }
                }));
        return links;
    }

    private void count(String key, String action) {
        actionOf.put(key, action);
        actions.merge(type(key) + " " + action, 1L, Long::sum);
    }

    private static String type(String key) {
        return key.substring(0, key.indexOf('|'));
    }

    private static String source(String link) {
        String type = type(link);
        return type.substring(0, type.indexOf('.')) + "|" + link.substring(link.indexOf('|') + 1, link.indexOf('~'));
    }
}
