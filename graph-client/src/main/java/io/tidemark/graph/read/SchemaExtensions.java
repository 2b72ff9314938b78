package io.tidemark.graph.read;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The definitions of the schema extensions that a tenant's applications own. Graph lists those of all tenants together, so they are asked for
 * owner by owner: the applications that are registered here, and those of others that are installed here.
 *
 * @param definitions the definitions as Graph shows them, each once
 */
record SchemaExtensions(List<JsonObject> definitions) {

    static final SchemaExtensions NONE = new SchemaExtensions(List.of());

    /** Microsoft's own applications, of which every tenant has hundreds installed. */
    private static final String MICROSOFT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

    private static final String OWNER = "{owner}";
    private static final List<String> APPLICATIONS = List.of(
            "applications?$select=id,appId&$top=999",
            "servicePrincipals?$select=id,appId,appOwnerOrganizationId&$top=999");

    SchemaExtensions {
        definitions = List.copyOf(definitions);
    }

    /**
     * Asks Graph.
     *
     * @param list the list of definitions with its query, in which {@code {owner}} stands for an application's id
     */
    static SchemaExtensions of(String list, BatchReading batches, ChildReading.Lister lister) {
        Map<String, JsonObject> byId = new TreeMap<>();
        List<String> urls =
                owners(lister).stream().map(owner -> list.replace(OWNER, owner)).toList();
        batches.read(urls, (url, body) -> {
            if (body.isEmpty()) {
                return;
            }
            Page first = Page.of(body.get());
            if (first.nextLink().isEmpty()) {
                first.objects().forEach(definition -> put(definition, byId));
            } else {
                var unused = lister.list(url, definition -> put(definition, byId));
            }
        });
        return new SchemaExtensions(new ArrayList<>(byId.values()));
    }

    /** The names of the extensions that objects of one of Graph's types can have, sorted. */
    List<String> of(String type) {
        List<String> names = new ArrayList<>();
        for (JsonObject definition : definitions) {
            boolean fits = definition.find("targetTypes").orElse(JsonArray.EMPTY) instanceof JsonArray targets
                    && targets.elements().stream()
                            .anyMatch(target -> target instanceof JsonString text
                                    && text.value().equalsIgnoreCase(type));
            if (fits) {
                definition.findString("id").ifPresent(names::add);
            }
        }
        return names;
    }

    private static TreeSet<String> owners(ChildReading.Lister lister) {
        TreeSet<String> owners = new TreeSet<>();
        for (String list : APPLICATIONS) {
            var unused = lister.list(list, application -> {
                if (!application
                        .findString("appOwnerOrganizationId")
                        .filter(MICROSOFT::equals)
                        .isPresent()) {
                    application.findString("appId").ifPresent(owners::add);
                }
            });
        }
        return owners;
    }

    private static void put(JsonObject definition, Map<String, JsonObject> byId) {
        definition.findString("id").ifPresent(id -> byId.put(id, definition));
    }
}
