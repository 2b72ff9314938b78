package io.tidemark.simulator.rules.organization;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;

/** Attributes that a user flow asks for: named by the attribute. */
final class UserAttributeAssignmentRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        Relation relation = kind.relation("userAttribute");
        List<String> named = relation == null ? null : body.binds().get(relation);
        if (named == null || named.isEmpty()) {
            throw GraphRefusal.badQuery("The assignment must name its attribute.");
        }
        body.properties().put("id", Json.text(named.get(0)));
    }
}
