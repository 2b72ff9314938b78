package io.tidemark.simulator.rules.access;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** The settings towards all tenants that have none of their own. */
final class CrossTenantDefaultRules implements KindRules {

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        if (!body.properties().isEmpty()) {
            body.properties().put("isServiceDefault", BooleanNode.FALSE);
        }
    }
}
