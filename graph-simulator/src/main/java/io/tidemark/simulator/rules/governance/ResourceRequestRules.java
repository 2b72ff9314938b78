package io.tidemark.simulator.rules.governance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;

/** Requests to put a resource into a catalog: fulfilled at once, with the roles that the resource offers. */
final class ResourceRequestRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        Relation relation = kind.relation("resource");
        List<ObjectNode> wanted = relation == null ? null : body.children().remove(relation);
        if (relation == null || wanted == null || wanted.isEmpty()) {
            return;
        }
        Relation catalogs = kind.relation("catalog");
        List<String> named = catalogs == null ? null : body.binds().get(catalogs);
        Node catalog = named == null || named.isEmpty()
                ? null
                : writer.tenant().find(Kinds.all().get("accessPackageCatalogs"), named.get(0));
        if (catalog == null) {
            throw GraphRefusal.badQuery("The request must name a catalog.");
        }
        body.binds()
                .put(relation, List.of(resource(writer, catalog, wanted.get(0)).id()));
    }

    private static Node resource(TenantWriter writer, Node catalog, ObjectNode wanted) {
        Tenant tenant = writer.tenant();
        String origin = wanted.path("originId").asText();
        String system = wanted.path("originSystem").asText();
        Node object = tenant.findAny(origin);
        if (object == null && system.startsWith("Aad")) {
            throw GraphRefusal.notFound(origin);
        }
        String name = object == null ? origin : String.valueOf(object.entity().text("displayName"));
        ObjectNode resource = made(tenant, name, origin, system);
        String now = Json.time(writer.context().time()).asText();
        resource.put("createdDateTime", now).put("modifiedDateTime", now).putArray("attributes");
        Node node = tenant.insert(
                Kinds.all().get("accessPackageResources"), resource.path("id").asText(), Entity.of(resource));
        catalog.link("resources", node);
        Kind roles = Kinds.all().get("accessPackageResourceRoles");
        for (String role : List.of("Member", "Owner")) {
            ObjectNode one = made(tenant, role, role + "_" + origin, system);
            Node made = tenant.insert(roles, one.path("id").asText(), Entity.of(one));
            node.link("roles", made);
            catalog.link("resourceRoles", made);
        }
        ObjectNode root = made(tenant, "Root", origin, system).put("isRootScope", true);
        Node scope = tenant.insert(
                Kinds.all().get("accessPackageResourceScopes"), root.path("id").asText(), Entity.of(root));
        node.link("scopes", scope);
        catalog.link("resourceScopes", scope);
        return node;
    }

    private static ObjectNode made(Tenant tenant, String name, String origin, String system) {
        ObjectNode object = Json.object().put("id", tenant.newId()).put("displayName", name);
        return object.putNull("description").put("originId", origin).put("originSystem", system);
    }
}
