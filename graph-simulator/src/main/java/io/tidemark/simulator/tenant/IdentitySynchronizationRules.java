package io.tidemark.simulator.tenant;

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
