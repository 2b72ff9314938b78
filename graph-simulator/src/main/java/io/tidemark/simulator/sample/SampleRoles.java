package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The directory roles, built in with their real ids and two of the tenant's own, and who holds them. */
final class SampleRoles {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final long seed;
    private final SampleIds ids;
    private final Staff staff;
    private final Map<String, String> builtIn = new LinkedHashMap<>();

    SampleRoles(long seed, SampleIds ids, Staff staff) {
        this.seed = seed;
        this.ids = ids;
        this.staff = staff;
        Words.resource("roles.json")
                .forEach(role ->
                        builtIn.put(role.path("name").asText(), role.path("id").asText()));
    }

    /** The template id of a built-in role. */
    String id(String name) {
        var id = builtIn.get(name);
        if (id == null) {
            throw new IllegalArgumentException("the sample knows no role '" + name + "'");
        }
        return id;
    }

    void emit(SeedSink sink) {
        for (var role : Words.resource("roles.json")) {
            var id = role.path("id").asText();
            sink.object(
                    "roleDefinitions",
                    definition(
                            id,
                            role.path("name").asText(),
                            role.path("description").asText(),
                            "microsoft.directory/"
                                    + role.path("name")
                                            .asText()
                                            .toLowerCase(Locale.ROOT)
                                            .replace(' ', '.') + "/allTasks",
                            true));
        }
        sink.object(
                "roleDefinitions",
                custom(0, "Application Owner Auditor", "microsoft.directory/applications/owners/read"));
        sink.object(
                "roleDefinitions", custom(1, "Department Attribute Editor", "microsoft.directory/users/basic/update"));
        assignments().forEach((role, holders) -> emitHolders(role, holders, sink));
        var scoped = ids.user(staff.memberOf(Departments.IT, 1));
        var application = "/" + ids.application(SampleApplications.SALES_PORTAL);
        sink.object("roleAssignments", assignment(id("Application Administrator"), scoped, application));
        sink.object(
                "roleAssignments",
                assignment(ids.id("custom role", 1), ids.user(staff.memberOf(Departments.IT, 0)), "/"));
    }

    private void emitHolders(String role, Set<String> holders, SeedSink sink) {
        var directoryRole = ids.id("directory role " + role, 0);
        sink.object(
                "directoryRoles",
                JSON.objectNode()
                        .put("id", directoryRole)
                        .putNull("deletedDateTime")
                        .put("description", role)
                        .put("displayName", role)
                        .put("roleTemplateId", id(role)));
        for (var holder : holders) {
            sink.object("roleAssignments", assignment(id(role), holder, "/"));
            sink.link("directoryRoles", directoryRole, "members", holder);
        }
    }

    /** Who holds which built-in role everywhere in the tenant. */
    private Map<String, Set<String>> assignments() {
        Map<String, Set<String>> holders = new LinkedHashMap<>();
        for (var user = 0; user < Staff.BREAK_GLASS; user++) {
            hold(holders, "Global Administrator", ids.user(user));
        }
        hold(holders, "Directory Synchronization Accounts", ids.user(Staff.SYNCHRONIZATION));
        hold(holders, "Global Reader", ids.group(GroupLayout.ADMINISTRATORS));
        hold(holders, "Helpdesk Administrator", ids.servicePrincipal(4));
        var wanted = Math.max(1, Math.min(60, staff.users() / 100));
        var names = builtIn.keySet().toArray(String[]::new);
        for (var rank = 0; rank < wanted; rank++) {
            var member = staff.memberOf(Departments.IT, rank);
            if (staff.isMember(member)) {
                hold(holders, names[new Dice(seed, "role", rank).below(names.length)], ids.user(member));
            }
        }
        return holders;
    }

    private static void hold(Map<String, Set<String>> holders, String role, String principal) {
        holders.computeIfAbsent(role, r -> new LinkedHashSet<>()).add(principal);
    }

    private static ObjectNode assignment(String role, String principal, String scope) {
        return JSON.objectNode()
                .put("id", SampleIds.ofPair(role, principal) + ("/".equals(scope) ? "-1" : "-2"))
                .put("principalId", principal)
                .put("directoryScopeId", scope)
                .put("roleDefinitionId", role)
                .putNull("appScopeId")
                .putNull("condition");
    }

    private ObjectNode custom(int number, String name, String action) {
        return definition(ids.id("custom role", number), name, name + " of Contoso", action, false);
    }

    private static ObjectNode definition(String id, String name, String description, String action, boolean builtIn) {
        var role = JSON.objectNode();
        role.put("id", id)
                .put("description", description)
                .put("displayName", name)
                .put("isBuiltIn", builtIn)
                .put("isEnabled", true)
                .put("templateId", id)
                .put("version", "1");
        role.putArray("resourceScopes").add("/");
        var permission = role.putArray("rolePermissions").addObject();
        permission.putArray("allowedResourceActions").add(action);
        permission.putNull("condition");
        return role;
    }
}
