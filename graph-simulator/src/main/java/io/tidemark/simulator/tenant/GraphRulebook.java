package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;

/** The rules of Microsoft Graph. */
public final class GraphRulebook implements Rulebook {

    @Override
    public KindRules of(Kind kind) {
        return Rules.of(kind);
    }

    @Override
    public KindAction action(Kind kind, JsonNode table) {
        return Actions.of(kind, table);
    }

    @Override
    public void complete(Tenant tenant) {
        RoleFaces.settle(tenant);
    }

    @Override
    public void settle(TenantWriter writer) {
        for (Schedules.Subject subject : Schedules.Subject.values()) {
            new Schedules(writer, subject, true).settle();
            new Schedules(writer, subject, false).settle();
        }
        ApprovalRules.expire(writer);
    }
}
