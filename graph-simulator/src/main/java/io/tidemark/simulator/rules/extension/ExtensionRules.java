package io.tidemark.simulator.rules.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Restricted;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Open extensions: free properties under a name. */
final class ExtensionRules implements KindRules {

    private static final int MOST = 2;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body, @Nullable Node parent) {
        String name = String.valueOf(body.text("extensionName"));
        if (parent == null) {
            throw GraphRefusal.badRequest("An extension belongs to an object.");
        }
        Restricted.guard(writer, parent);
        long own = parent.targets("extensions").size();
        if (own >= MOST && parent.kind().directoryObject()) {
            throw GraphRefusal.badRequest("The limit of open extensions on this resource instance has been reached.");
        }
        boolean taken = parent.targets("extensions").stream()
                .anyMatch(e -> name.equalsIgnoreCase(e.entity().text("extensionName")));
        if (taken) {
            throw new GraphRefusal(409, "NameAlreadyExists", "An extension already exists with given id.");
        }
        body.properties().put("id", Json.text(name));
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        body.properties().remove("extensionName");
        node.sources("extensions").forEach(owner -> Restricted.guard(writer, owner));
    }

    /** Definitions of extensions that all objects of some types may carry. */
    static final class Definitions implements KindRules {

        private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9]*(_[a-zA-Z0-9]+)?");

        @Override
        public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
            String id = String.valueOf(body.text("id"));
            if (!NAME.matcher(id).matches()) {
                throw GraphRefusal.invalidValue("id", "schemaExtension");
            }
            String full = id.contains("_")
                    ? id
                    : "ext"
                            + writer.tenant()
                                    .newSecret()
                                    .replaceAll("[^a-z0-9]", "")
                                    .substring(0, 8) + "_" + id;
            if (writer.tenant().find(kind, full) != null) {
                throw GraphRefusal.conflict("id");
            }
            body.properties().put("id", Json.text(full));
            body.defaultTo("owner", Json.text(writer.context().caller().appId()));
            if (body.has("status") && !"InDevelopment".equals(body.text("status"))) {
                throw GraphRefusal.invalidValue("status", "schemaExtension");
            }
            body.properties().put("status", Json.text("InDevelopment"));
        }

        @Override
        public void beforeUpdate(TenantWriter writer, Node node, Body body) {
            own(writer, node);
            String before = node.entity().text("status");
            String after = body.text("status");
            boolean available = "Available".equals(before);
            if (after != null && available && after.equals("InDevelopment")) {
                throw GraphRefusal.invalidValue("status", "schemaExtension");
            }
            JsonNode next = body.properties().get("properties");
            JsonNode now = node.entity().get("properties");
            if (available && next != null && now != null && next.size() < now.size()) {
                throw GraphRefusal.badRequest("Properties of an available schema extension cannot be removed.");
            }
        }

        @Override
        public void beforeDelete(TenantWriter writer, Node node) {
            own(writer, node);
            if (!"InDevelopment".equals(node.entity().text("status"))) {
                throw GraphRefusal.badRequest("Only a schema extension in development can be deleted.");
            }
        }

        private static void own(TenantWriter writer, Node node) {
            if (!writer.context()
                    .caller()
                    .appId()
                    .equalsIgnoreCase(node.entity().text("owner"))) {
                throw GraphRefusal.denied();
            }
        }
    }
}
