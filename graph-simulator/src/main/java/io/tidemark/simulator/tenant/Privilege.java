package io.tidemark.simulator.tenant;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who holds which directory role, and who may therefore touch whom. */
public final class Privilege {

    private static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    private static final String PRIVILEGED_AUTHENTICATION_ADMINISTRATOR = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13";
    private static final String USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1";
    // Roles whose holders a User Administrator may manage.
    private static final Set<String> MINOR_ROLES = Set.of(
            USER_ADMINISTRATOR,
            "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
            "95e79109-95c0-4d8e-aee3-d01accf2d47b",
            "729827e3-9c14-49f7-bb1b-9608f156bbb8",
            "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b",
            "4a5d8f65-41da-4de4-8968-e035b65339cf",
            "2af84b1e-32c8-42b7-82bc-daa82404023b",
            "fdd7a751-b60b-444a-984c-02652fe8fa1c");

    private static final String BACKUP_ADMINISTRATOR = "b6a27b2b-f905-4b2e-81b5-0d90e0ef1fdb";
    private static final String PRIVILEGED_ROLE_ADMINISTRATOR = "e8611ab8-c189-46e8-94e1-60213ab1f814";
    // Roles whose holders may say who is in a group.
    private static final Set<String> GROUP_ROLES = Set.of(
            USER_ADMINISTRATOR,
            "9360feb5-f418-4baa-8175-e2a00bac4301",
            "fdd7a751-b60b-444a-984c-02652fe8fa1c",
            "45d8d3c5-c802-45c6-b32a-1d70b5de1e86");

    private Privilege() {}

    /** Whether somebody may say who holds which role. */
    public static boolean managesRoles(Tenant tenant, Node node) {
        Set<String> held = roles(tenant, node);
        return held.contains(GLOBAL_ADMINISTRATOR) || held.contains(PRIVILEGED_ROLE_ADMINISTRATOR);
    }

    /** Whether somebody may start and end jobs of the native recovery. */
    public static boolean recovers(Tenant tenant, Node node) {
        Set<String> held = roles(tenant, node);
        return held.contains(GLOBAL_ADMINISTRATOR) || held.contains(BACKUP_ADMINISTRATOR);
    }

    /** Whether somebody may say who is in a group for a time: its owners, and holders of certain roles. */
    public static boolean managesGroup(Tenant tenant, Node node, Node group) {
        boolean open = !group.entity().isTrue("isAssignableToRole")
                && roles(tenant, node).stream().anyMatch(GROUP_ROLES::contains);
        return open || group.pointsTo("owners", node) || managesRoles(tenant, node);
    }

    /** The template ids of the roles that an object holds, itself or through a group. */
    static Set<String> roles(Tenant tenant, Node node) {
        Set<String> holders = new LinkedHashSet<>(List.of(node.id()));
        node.sources("members").stream().filter(Node::live).forEach(g -> holders.add(g.id()));
        Kind assignments = Kinds.all().get("roleAssignments");
        Set<String> roles = new LinkedHashSet<>();
        for (String holder : holders) {
            for (Node assignment : tenant.allBy(assignments, "principalId", holder)) {
                String role = assignment.entity().text("roleDefinitionId");
                if (role != null) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }

    /** Refuses the caller who may not touch what is protected of this user. */
    public static void guard(TenantWriter writer, Node user) {
        Set<String> targets = roles(writer.tenant(), user);
        if (targets.isEmpty()) {
            return;
        }
        Node actor = writer.tenant().findAny(writer.context().caller().actorId());
        Set<String> held = actor == null ? Set.of() : roles(writer.tenant(), actor);
        boolean all = held.contains(GLOBAL_ADMINISTRATOR) || held.contains(PRIVILEGED_AUTHENTICATION_ADMINISTRATOR);
        boolean minor = held.contains(USER_ADMINISTRATOR) && MINOR_ROLES.containsAll(targets);
        if (!all && !minor) {
            throw GraphRefusal.denied();
        }
    }
}
