package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Directory extensions: properties that an application adds to other kinds. */
final class ExtensionPropertyRules implements KindRules {

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        Node application = node.sources("extensionProperties").get(0);
        String appId = String.valueOf(application.entity().text("appId")).replace("-", "");
        String plain = String.valueOf(node.entity().text("name"));
        Map<String, JsonNode> named = new LinkedHashMap<>();
        named.put("name", Json.text(plain.startsWith("extension_") ? plain : "extension_" + appId + "_" + plain));
        named.put("appDisplayName", Json.text(application.entity().text("displayName")));
        writer.tenant().table(node.kind()).replace(node, node.entity().with(named));
    }
}
