package io.tidemark.simulator.http;

import io.tidemark.simulator.http.Route.Place;
import io.tidemark.simulator.http.Route.Suffix;
import io.tidemark.simulator.identity.PermissionTable;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets a request pass if its caller holds a permission that opens the route. */
final class Gate {

    private static final Map<String, Set<String>> RESTORING = Map.of(
            "user", Set.of("User.DeleteRestore.All", "User.ReadWrite.All"),
            "group", Set.of("Group.ReadWrite.All"),
            "application", Set.of("Application.ReadWrite.All", "Application.ReadWrite.OwnedBy"),
            "servicePrincipal", Set.of("Application.ReadWrite.All", "Application.ReadWrite.OwnedBy"),
            "administrativeUnit", Set.of("AdministrativeUnit.ReadWrite.All"));
    private static final Map<String, Set<String>> READING = Map.of(
            "user", Set.of("User.Read.All", "User.ReadWrite.All", "User.DeleteRestore.All"),
            "group", Set.of("Group.Read.All", "Group.ReadWrite.All"),
            "application", Set.of("Application.Read.All", "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy"),
            "servicePrincipal",
                    Set.of("Application.Read.All", "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy"),
            "administrativeUnit", Set.of("AdministrativeUnit.Read.All", "AdministrativeUnit.ReadWrite.All"));
    private static final Set<String> DIRECTORY = Set.of("Directory.Read.All", "Directory.ReadWrite.All");

    private final PermissionTable table = PermissionTable.v1();

    /** Refuses the caller who may not. */
    void check(Exchange exchange) {
        if (!open(exchange)) {
            throw GraphRefusal.denied();
        }
    }

    private boolean open(Exchange exchange) {
        Route route = exchange.route();
        Caller caller = exchange.caller();
        String method = exchange.request().method();
        if (route.place() == Place.BATCH) {
            return true;
        }
        if (route.place() == Place.BIN || route.place() == Place.BIN_ITEM || route.place() == Place.BIN_RESTORE) {
            return bin(exchange, caller, method);
        }
        if (route.place() == Place.OBJECT && method.equals("DELETE")) {
            Node node = exchange.tenant().findAny(route.mustKey());
            return node == null
                    || table(
                            caller,
                            "DELETE",
                            "/" + node.kind().paths().get(0).toLowerCase(Locale.ROOT) + "/{id}",
                            node.kind());
        }
        Kind kind = route.kind();
        String template = route.template();
        if (bindsOnly(exchange)) {
            return table(caller, "POST", template + "/members/$ref", kind);
        }
        if (method.equals("POST")
                && route.place() == Place.RELATION
                && route.suffix() != Suffix.REF
                && template.contains("/approleassign")) {
            return caller.permissions().contains("AppRoleAssignment.ReadWrite.All");
        }
        if (method.equals("DELETE") && template.contains("/approleassign")) {
            return caller.permissions().contains("AppRoleAssignment.ReadWrite.All");
        }
        if (kind != null && !kind.narrow().isEmpty()) {
            if (route.place() == Place.COLLECTION
                    && method.equals("POST")
                    && !mayWrite(caller, kind, sent(exchange, kind))) {
                return false;
            }
            if (route.place() == Place.ITEM && method.equals("PATCH")) {
                List<String> sent = sent(exchange, kind);
                return mayWrite(caller, kind, sent) && mayChange(caller, kind, template, sent);
            }
        }
        if (kind != null
                && kind.service().equals("conditionalAccess")
                && !method.equals("GET")
                && route.place() != Place.COLLECTION_OPERATION) {
            return caller.permissions().contains("Policy.ReadWrite.ConditionalAccess")
                    && caller.permissions().contains("Policy.Read.All");
        }
        if (route.place() == Place.RELATION_ITEM && route.suffix() == Suffix.NONE && method.equals("GET")) {
            return table(caller, method, template.substring(0, template.lastIndexOf("/{id}")), kind);
        }
        return table(caller, method, template, kind);
    }

    /** Whether the caller has what single properties need besides. */
    private static boolean mayWrite(Caller caller, Kind kind, List<String> sent) {
        return sent.stream()
                .map(kind::writeGuards)
                .allMatch(needed -> needed.isEmpty() || needed.stream().anyMatch(caller.permissions()::contains));
    }

    /** Some permissions open single properties only. */
    private boolean mayChange(Caller caller, Kind kind, String template, List<String> sent) {
        Map<String, Set<String>> narrow = kind.narrow();
        Set<String> single = new HashSet<>();
        narrow.forEach((permission, properties) -> {
            if (caller.permissions().contains(permission)) {
                single.addAll(properties);
            }
        });
        return !sent.isEmpty() && single.containsAll(sent)
                ? table(caller, "GET", template, kind)
                : table(caller.without(narrow.keySet()), "PATCH", template, kind);
    }

    /** The properties in the body; none if it cannot be read, which is for others to say. */
    private static List<String> sent(Exchange exchange, Kind kind) {
        try {
            return exchange.request().json().properties().stream()
                    .map(sent -> kind.property(sent.getKey()))
                    .filter(Objects::nonNull)
                    .toList();
        } catch (GraphRefusal unreadable) {
            return List.of();
        }
    }

    private boolean table(Caller caller, String method, String template, @Nullable Kind kind) {
        Boolean allowed = table.allows(caller, method, template);
        if (allowed == null && method.equals("PUT")) {
            allowed = table.allows(caller, "POST", template);
        }
        if (allowed != null && allowed) {
            return true;
        }
        boolean broad = caller.permissions().contains("Directory.ReadWrite.All")
                || (method.equals("GET") && DIRECTORY.stream().anyMatch(caller.permissions()::contains));
        if (allowed == null && kind != null && !kind.opening(method).isEmpty()) {
            return kind.opening(method).stream().anyMatch(caller.permissions()::contains);
        }
        if (allowed == null && kind != null) {
            String path =
                    kind.paths().isEmpty() ? "" : "/" + kind.paths().get(0).toLowerCase(Locale.ROOT);
            Boolean whole = table.allows(caller, method.equals("GET") ? "GET" : "PATCH", path + "/{id}");
            whole = whole == null ? table.allows(caller, method.equals("GET") ? "GET" : "POST", path) : whole;
            whole = whole == null ? above(caller, method, template) : whole;
            return whole == null ? broad : whole || (broad && kind.directoryObject());
        }
        return allowed == null ? broad : broad && (kind == null || kind.directoryObject()) && method.equals("GET");
    }

    /** What the map says about the nearest place above one that it does not know. */
    private @Nullable Boolean above(Caller caller, String method, String template) {
        for (int cut = template.lastIndexOf('/'); cut > 0; cut = template.lastIndexOf('/', cut - 1)) {
            String place = template.substring(0, cut);
            for (String asked : method.equals("GET") ? List.of("GET") : List.of(method, "PATCH", "POST")) {
                Boolean allowed = table.allows(caller, asked, place);
                if (allowed != null) {
                    return allowed;
                }
            }
        }
        return null;
    }

    /** Members may be added by a patch with the permission for members alone. */
    private static boolean bindsOnly(Exchange exchange) {
        if (!exchange.request().method().equals("PATCH")
                || !exchange.route().template().equals("/groups/{id}")) {
            return false;
        }
        var body = exchange.request().json();
        return !body.isEmpty()
                && body.properties().stream().allMatch(p -> p.getKey().startsWith("members@odata"));
    }

    private static boolean bin(Exchange exchange, Caller caller, String method) {
        Kind kind = exchange.route().kind();
        if (kind == null) {
            Node node =
                    exchange.tenant().findAny(String.valueOf(exchange.route().key()));
            if (node == null) {
                return true;
            }
            kind = node.kind();
        }
        if (kind.service().equals("conditionalAccess")) {
            return caller.permissions().contains("Policy.Read.All")
                    && (method.equals("GET") || caller.permissions().contains("Policy.ReadWrite.ConditionalAccess"));
        }
        boolean reads = method.equals("GET");
        Set<String> opening = (reads ? READING : RESTORING).getOrDefault(kind.type(), Set.of());
        return opening.stream().anyMatch(caller.permissions()::contains)
                || (reads && DIRECTORY.stream().anyMatch(caller.permissions()::contains));
    }
}
