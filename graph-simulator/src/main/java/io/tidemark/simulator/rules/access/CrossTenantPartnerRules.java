package io.tidemark.simulator.rules.access;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.TenantWriter;
import io.tidemark.simulator.tenant.ValueCheck;

/** The settings towards one other tenant, which is their key. */
final class CrossTenantPartnerRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String tenantId = String.valueOf(body.text("tenantId"));
        if (!ValueCheck.guid(tenantId) || writer.tenant().id().toString().equalsIgnoreCase(tenantId)) {
            throw GraphRefusal.invalidValue("tenantId", kind.type());
        }
        if (writer.tenant().find(kind, tenantId) != null) {
            throw new GraphRefusal(
                    409,
                    "Request_MultipleObjectsWithSameKeyValue",
                    "A conflicting object with one or more of the specified property values is present in the directory.");
        }
    }
}
