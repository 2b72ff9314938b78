package io.tidemark.simulator.rules.application;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;

/** Conditions of policies about consent. */
final class PermissionGrantConditionSetRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        Node policy = writer.parent();
        if (policy != null) {
            PermissionGrantPolicyRules.own(policy);
        }
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        beforeDelete(writer, node);
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        for (String relation : List.of("includes", "excludes")) {
            node.sources(relation).forEach(PermissionGrantPolicyRules::own);
        }
    }
}
