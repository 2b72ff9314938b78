package io.tidemark.simulator.rules.organization;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.TenantWriter;

/** Kinds whose ids say what they are: the server builds them from other properties. */
final class NamedIdRules implements KindRules {

    private final String property;
    private final String before;
    private final String after;

    NamedIdRules(String property, String before, String after) {
        this.property = property;
        this.before = before;
        this.after = after;
    }

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String name = body.text(property);
        if (name == null) {
            return;
        }
        String id = name.startsWith(before) && name.endsWith(after) ? name : before + name + after;
        if (writer.tenant().find(kind, id) != null) {
            throw GraphRefusal.conflict("id");
        }
        body.properties().put("id", Json.text(id));
    }
}
