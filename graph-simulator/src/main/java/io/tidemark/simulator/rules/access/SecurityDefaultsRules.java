package io.tidemark.simulator.rules.access;

import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** Security defaults, which exclude Conditional Access. */
final class SecurityDefaultsRules implements KindRules {

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        if (!body.isTrue("isEnabled")) {
            return;
        }
        for (Node policy : writer.tenant().after(Kinds.all().get("conditionalAccessPolicies"), 0)) {
            if (policy.live() && "enabled".equals(policy.entity().text("state"))) {
                throw GraphRefusal.badQuery(
                        "Security defaults cannot be enabled while Conditional Access policies are" + " enabled.");
            }
        }
    }
}
