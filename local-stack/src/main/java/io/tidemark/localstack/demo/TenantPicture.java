package io.tidemark.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The simulated tenant at one moment, read from the simulator's memory. It is what reports are held against, so it shares nothing with the
 * code that makes them.
 */
final class TenantPicture {

    private static final Map<String, String> TYPES = Map.of(
            "users", "user",
            "groups", "group",
            "applications", "application",
            "servicePrincipals", "servicePrincipal",
            "conditionalAccessPolicies", "conditionalAccessPolicy",
            "namedLocations", "namedLocation",
            "roleAssignments", "roleAssignment");
    private static final Map<String, List<String>> RELATIONS = Map.of(
            "user", List.of("manager"),
            "group", List.of("members", "owners"),
            "application", List.of("owners"),
            "servicePrincipal", List.of("owners"));
    private static final Set<String> UNSTEADY = Set.of("modifiedDateTime", "deletedDateTime", "renewedDateTime");

    private final Map<String, Entity> live = new HashMap<>();
    private final Set<String> bin = new HashSet<>();
    private final Set<String> links = new HashSet<>();

    private TenantPicture() {}

    /** The kinds that it shows: those that can be put back. */
    static Collection<String> kinds() {
        return new TreeSet<>(TYPES.values());
    }

    /** Whether it shows objects or links of this type. */
    static boolean shows(String type) {
        int dot = type.indexOf('.');
        return dot < 0
                ? TYPES.containsValue(type)
                : RELATIONS.getOrDefault(type.substring(0, dot), List.of()).contains(type.substring(dot + 1));
    }

    static TenantPicture of(Tenant tenant) {
        TenantPicture picture = new TenantPicture();
        return tenant.read(() -> {
            TYPES.forEach((collection, type) -> picture.add(tenant, Kinds.all().get(collection), type));
            return picture;
        });
    }

    /** How many live objects there are by type. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        live.keySet().forEach(key -> counts.merge(key.substring(0, key.indexOf('|')), 1L, Long::sum));
        links.forEach(link -> counts.merge(link.substring(0, link.indexOf('|')), 1L, Long::sum));
        return counts;
    }

    /** What leads from this picture to a later one. */
    TenantDifference to(TenantPicture later) {
        TenantDifference difference = new TenantDifference();
        Set<String> keys = new TreeSet<>(live.keySet());
        keys.addAll(later.live.keySet());
        for (String key : keys) {
            Entity before = live.get(key);
            Entity after = later.live.get(key);
            if (before != null && after != null) {
                List<String> paths = changedPaths(before, after);
                if (!paths.isEmpty()) {
                    difference.modified(key, paths);
                }
            } else if (before != null) {
                difference.deleted(key, later.bin.contains(key));
            } else {
                difference.appeared(key, bin.contains(key));
            }
        }
        links.stream().filter(link -> !later.links.contains(link)).forEach(difference::unlinked);
        later.links.stream().filter(link -> !links.contains(link)).forEach(difference::linked);
        return difference;
    }

    private void add(Tenant tenant, Kind kind, String type) {
        for (Node node : tenant.after(kind, -1)) {
            String key = type + "|" + node.id();
            if (node.live()) {
                live.put(key, node.entity());
                RELATIONS.getOrDefault(type, List.of()).forEach(relation -> addLinks(node, type, relation));
            } else if (node.state() == Node.State.DELETED) {
                bin.add(key);
            }
        }
    }

    private void addLinks(Node source, String type, String relation) {
        for (Node target : source.targets(relation)) {
            if (target.live()) {
                links.add(type + "." + relation + "|" + source.id() + "~" + target.id());
            }
        }
    }

    private static List<String> changedPaths(Entity before, Entity after) {
        if (before == after) {
            return List.of();
        }
        Map<String, JsonNode> was = new HashMap<>();
        Map<String, JsonNode> is = new HashMap<>();
        before.forEach((name, value) -> flatten(name, value, was));
        after.forEach((name, value) -> flatten(name, value, is));
        Set<String> paths = new TreeSet<>(was.keySet());
        paths.addAll(is.keySet());
        return paths.stream()
                .filter(path -> !UNSTEADY.contains(path) && !same(was.get(path), is.get(path)))
                .toList();
    }

    private static void flatten(String path, JsonNode value, Map<String, JsonNode> into) {
        if (value.isObject()) {
            value.properties().forEach(member -> flatten(path + "/" + member.getKey(), member.getValue(), into));
        } else if (!value.isNull()) {
            into.put(path, value);
        }
    }

    private static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
        if (one == null || other == null) {
            return one == other;
        }
        return one.isArray() && other.isArray() ? sorted(one).equals(sorted(other)) : one.equals(other);
    }

    private static List<String> sorted(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.toString()));
        texts.sort(null);
        return texts;
    }
}
