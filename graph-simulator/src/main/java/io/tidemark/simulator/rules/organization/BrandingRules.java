package io.tidemark.simulator.rules.organization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** The look of the sign-in page, with its default and one for each language. */
final class BrandingRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        body.properties().put("id", Json.text("0"));
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        Relation relation = node.kind().relation("localizations");
        if (relation != null && node.targets("localizations").isEmpty()) {
            ObjectNode plain = Json.object().put("id", "0");
            writer.create(Kinds.all().get("brandingLocalizations"), plain, node, relation);
        }
    }
}
