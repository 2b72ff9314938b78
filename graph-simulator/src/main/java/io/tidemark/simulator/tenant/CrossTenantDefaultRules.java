package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.node.BooleanNode;

/** The settings towards all tenants that have none of their own. */
final class CrossTenantDefaultRules implements KindRules {

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        if (!body.properties().isEmpty()) {
            body.properties().put("isServiceDefault", BooleanNode.FALSE);
        }
    }
}
