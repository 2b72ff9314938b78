package io.tidemark.simulator.kind;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The lists of words in one kind's table. */
final class TableWords {

    private final JsonNode table;
    private final Map<String, Set<String>> lists = new ConcurrentHashMap<>();

    TableWords(JsonNode table) {
        this.table = table;
    }

    /** The words of a list in their order; none if the table does not have it. */
    List<String> texts(String name) {
        return texts(table.path(name));
    }

    static List<String> texts(JsonNode list) {
        List<String> found = new ArrayList<>();
        list.forEach(text -> found.add(text.asText().intern()));
        return List.copyOf(found);
    }

    /** The words of a list, to be asked often. */
    Set<String> list(String name) {
        return lists.computeIfAbsent(name, first -> new LinkedHashSet<>(texts(first)));
    }

    /** The words of a list that stands under a name in another. */
    Set<String> named(String list, String name) {
        return new LinkedHashSet<>(texts(table.path(list).path(name)));
    }

    /** All lists that stand under names in another. */
    Map<String, Set<String>> mapped(String list) {
        Map<String, Set<String>> mapped = new LinkedHashMap<>();
        table.path(list).fieldNames().forEachRemaining(name -> mapped.put(name, named(list, name)));
        return mapped;
    }
}
