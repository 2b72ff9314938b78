package io.tidemark.simulator.rules.organization;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** Whether users are taken over from one other tenant. */
final class IdentitySynchronizationRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        Node partner = writer.parent();
        if (partner != null) {
            body.properties().put("tenantId", Json.text(partner.id()));
        }
    }
}
