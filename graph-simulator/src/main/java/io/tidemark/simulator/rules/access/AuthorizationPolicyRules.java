package io.tidemark.simulator.rules.access;

import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Locale;
import java.util.Set;

/** What guests may see has three grades, each with a role of its own. */
final class AuthorizationPolicyRules implements KindRules {

    private static final Set<String> GUEST_ROLES = Set.of(
            "a0b1b346-4d3e-4e8b-98f8-753987be4970",
            "10dae51f-b6af-4016-8d66-8c2a99b929b3",
            "2af84b1e-32c8-42b7-82bc-daa82404023b");

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        String role = body.text("guestUserRoleId");
        if (role != null && !GUEST_ROLES.contains(role.toLowerCase(Locale.ROOT))) {
            throw GraphRefusal.invalidValue("guestUserRoleId", "authorizationPolicy");
        }
    }
}
