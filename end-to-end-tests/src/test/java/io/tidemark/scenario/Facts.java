package io.tidemark.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Brings what a report says, and what two exports show, into the same plain form. */
final class Facts {

    private Facts() {}

    static Set<Fact> empty() {
        return new TreeSet<>(Comparator.comparing(Fact::type)
                .thenComparing(Fact::id)
                .thenComparing(Fact::what)
                .thenComparing(Fact::before)
                .thenComparing(Fact::after));
    }

    /** What a report's items say. */
    static Set<Fact> of(List<JsonNode> items) {
        Set<Fact> facts = empty();
        for (JsonNode item : items) {
            String type = item.path("type").asText();
            String id = item.path("id").asText();
            facts.add(Fact.action(type, id, item.path("action").asText()));
            for (JsonNode property : item.path("properties")) {
                String path = property.path("path").asText();
                facts.addAll(
                        compare(type, id, leaves(path, property.path("before")), leaves(path, property.path("after"))));
            }
            for (JsonNode link : item.path("links")) {
                String relation = link.path("relation").asText();
                String target = link.path("targetId").asText();
                facts.add(
                        link.path("action").asText().equals("REMOVED")
                                ? Fact.linkRemoved(type, id, relation, target)
                                : Fact.linkAdded(type, id, relation, target));
            }
        }
        return facts;
    }

    static Set<Fact> compare(String type, String id, Map<String, String> before, Map<String, String> after) {
        Set<Fact> facts = empty();
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (String path : paths) {
            String was = before.getOrDefault(path, "");
            String is = after.getOrDefault(path, "");
            if (!was.equals(is)) {
                facts.add(new Fact(type, id, path, was, is));
            }
        }
        return facts;
    }

    /** Values by path. What is null is not there; a list is one value whose order means nothing. */
    static Map<String, String> leaves(String path, JsonNode value) {
        Map<String, String> leaves = new TreeMap<>();
        if (value.isObject()) {
            value.properties().forEach(member -> {
                if (member.getKey().indexOf('@') < 0) {
                    String inner = path.isEmpty() ? member.getKey() : path + "/" + member.getKey();
                    leaves.putAll(leaves(inner, member.getValue()));
                }
            });
        } else if (!value.isNull() && !value.isMissingNode()) {
            leaves.put(path, text(value));
        }
        return leaves;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(text(element)));
            elements.sort(null);
            return elements.toString();
        }
        if (value.isObject()) {
            return leaves("", value).toString();
        }
        return value.toString();
    }
}
