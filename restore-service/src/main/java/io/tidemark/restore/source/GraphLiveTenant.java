package io.tidemark.restore.source;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.read.DirectoryReader;
import io.tidemark.graph.read.LinkSink;
import io.tidemark.graph.read.LinkTarget;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphRequest;
import io.tidemark.restore.plan.LiveObject;
import io.tidemark.restore.plan.LiveTenant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tenant as Graph shows it. */
public final class GraphLiveTenant implements LiveTenant {

    private static final String GROUP_IDS = "/transitiveMemberOf/microsoft.graph.group?$select=id&$top=999";

    private final GraphConnection connection;
    private final DirectoryReader reader;

    public GraphLiveTenant(GraphConnection connection) {
        this.connection = connection;
        this.reader = DirectoryReader.withExtensions(connection);
    }

    @Override
    public Map<ObjectRef, LiveObject> read(Collection<ObjectRef> objects) {
        Map<ObjectRef, LiveObject> states = new HashMap<>();
        Map<ObjectRef, JsonObject> present = present(objects);
        Set<ObjectRef> missing = new HashSet<>();
        for (ObjectRef object : objects) {
            JsonObject properties = present.get(object);
            if (properties == null) {
                missing.add(object);
                states.put(object, LiveObject.GONE);
            } else {
                states.put(object, new LiveObject.Present(properties));
            }
        }
        Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
        missing.forEach(object -> kinds.add(object.kind()));
        for (ObjectKind kind : kinds) {
            if (Catalogue.of(kind).recycleBin().isPresent()) {
                readBin(kind, missing, states);
            }
        }
        return states;
    }

    private void readBin(ObjectKind kind, Set<ObjectRef> missing, Map<ObjectRef, LiveObject> states) {
        reader.listDeleted(
                Catalogue.of(kind),
                properties -> properties
                        .findString("id")
                        .map(id -> ObjectRef.of(kind, id))
                        .filter(missing::contains)
                        .ifPresent(object -> states.put(object, new LiveObject.Binned(properties))));
    }

    @Override
    public Map<ObjectRef, JsonObject> present(Collection<ObjectRef> objects) {
        return objects.isEmpty() ? Map.of() : reader.findAll(objects);
    }

    @Override
    public Map<ObjectId, Set<ObjectId>> targets(LinkKind kind, Collection<ObjectId> sources) {
        Map<ObjectId, Set<ObjectId>> targets = new LinkedHashMap<>();
        sources.forEach(source -> targets.put(source, new HashSet<>()));
        if (sources.isEmpty()) {
            return targets;
        }
        reader.links(kind, sources, new LinkSink() {
            @Override
            public void accept(ObjectId source, LinkTarget target) {
                of(source).add(target.id());
            }

            @Override
            public void restarted(ObjectId source) {
                of(source).clear();
            }

            private Set<ObjectId> of(ObjectId source) {
                return targets.computeIfAbsent(source, unasked -> new HashSet<>());
            }
        });
        return targets;
    }

    @Override
    public Map<ObjectRef, JsonObject> alike(ObjectKind kind, JsonObject body) {
        return switch (kind) {
            case USER -> filtered(kind, "userPrincipalName", body);
            case GROUP, APPLICATION -> filtered(kind, "displayName", body);
            case SERVICE_PRINCIPAL -> filtered(kind, "appId", body);
            case ROLE_ASSIGNMENT -> filtered(kind, "principalId", body);
            default -> all(kind);
        };
    }

    @Override
    public Set<String> groupsOf(String account) {
        Set<String> groups = new HashSet<>();
        pages(
                "users/" + encoded(account) + GROUP_IDS,
                group -> group.findString("id").ifPresent(groups::add));
        return groups;
    }

    @Override
    public Map<ObjectRef, JsonObject> all(ObjectKind kind) {
        Map<ObjectRef, JsonObject> found = new LinkedHashMap<>();
        reader.list(Catalogue.of(kind), properties -> put(kind, properties, found));
        return found;
    }

    private Map<ObjectRef, JsonObject> filtered(ObjectKind kind, String property, JsonObject body) {
        Optional<String> value = body.findString(property);
        if (value.isEmpty()) {
            return all(kind);
        }
        String select = Catalogue.of(kind).select().isEmpty()
                ? ""
                : "&$select=" + String.join(",", Catalogue.of(kind).select());
        String filter = encoded(property + " eq '" + value.get().replace("'", "''") + "'");
        Map<ObjectRef, JsonObject> found = new LinkedHashMap<>();
        pages(Catalogue.of(kind).path() + "?$filter=" + filter + select, properties -> put(kind, properties, found));
        return found;
    }

    private void pages(String url, java.util.function.Consumer<JsonObject> sink) {
        Optional<String> next = Optional.of(url);
        while (next.isPresent()) {
            JsonObject page = connection.fetch(GraphRequest.get(next.get()));
            if (page.find("value").orElse(JsonArray.EMPTY) instanceof JsonArray objects) {
                for (JsonValue element : objects.elements()) {
                    if (element instanceof JsonObject object) {
                        sink.accept(object);
                    }
                }
            }
            next = page.findString("@odata.nextLink");
        }
    }

    private static void put(ObjectKind kind, JsonObject properties, Map<ObjectRef, JsonObject> found) {
        properties.findString("id").ifPresent(id -> found.put(ObjectRef.of(kind, id), properties));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
