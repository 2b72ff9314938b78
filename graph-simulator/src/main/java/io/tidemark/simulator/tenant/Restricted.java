package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.tidemark.simulator.kind.Kinds;
import java.util.Map;

/** Members of administrative units with restricted management: rights over the whole tenant do not reach them. */
public final class Restricted {

    private static final String PERMISSION = "Directory.Write.Restricted";

    private Restricted() {}

    static boolean is(Node node) {
        return node.sources("members").stream().anyMatch(Restricted::unit);
    }

    private static boolean unit(Node source) {
        return source.live()
                && source.kind().type().equals("administrativeUnit")
                && source.entity().isTrue("isMemberManagementRestricted");
    }

    /** Refuses the caller without a right that reaches into the unit. */
    public static void guard(TenantWriter writer, Node node) {
        if (!is(node) || writer.context().caller().permissions().contains(PERMISSION)) {
            return;
        }
        String actor = writer.context().caller().actorId();
        for (Node unit : node.sources("members")) {
            if (unit(unit) && !holdsRoleIn(writer.tenant(), actor, unit)) {
                throw new GraphRefusal(
                        403,
                        "Authorization_RequestDenied",
                        "Insufficient privileges to complete the operation. Target object is a member of a restricted"
                                + " management administrative unit and can only be modified by administrators scoped to"
                                + " that administrative unit.");
            }
        }
    }

    private static boolean holdsRoleIn(Tenant tenant, String actor, Node unit) {
        String scope = "/administrativeUnits/" + unit.id();
        return tenant.allBy(Kinds.all().get("roleAssignments"), "principalId", actor).stream()
                .anyMatch(row -> scope.equalsIgnoreCase(row.entity().text("directoryScopeId")));
    }

    /** Shows on the object whether its management is restricted. */
    public static void mark(TenantWriter writer, Node node) {
        boolean now = is(node);
        boolean shown = node.entity().isTrue("isManagementRestricted");
        if (now != shown && node.kind().properties().containsKey("isManagementRestricted")) {
            writer.tenant()
                    .table(node.kind())
                    .replace(
                            node,
                            node.entity()
                                    .with(Map.of(
                                            "isManagementRestricted", now ? BooleanNode.TRUE : BooleanNode.FALSE)));
        }
    }
}
