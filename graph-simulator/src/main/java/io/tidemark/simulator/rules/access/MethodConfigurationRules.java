package io.tidemark.simulator.rules.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** Settings of authentication methods: built-in ones are always there, a deletion takes them back to what they were. */
final class MethodConfigurationRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        if (!"#microsoft.graph.externalAuthenticationMethodConfiguration".equals(body.type())) {
            throw GraphRefusal.badQuery("Only external authentication methods can be created.");
        }
    }

    @Override
    public void afterDelete(TenantWriter writer, Node node) {
        for (JsonNode preset : node.kind().preset()) {
            if (preset.path("id").asText().equalsIgnoreCase(node.id())) {
                writer.tenant().insert(node.kind(), node.id(), Entity.of((ObjectNode) preset));
            }
        }
    }
}
