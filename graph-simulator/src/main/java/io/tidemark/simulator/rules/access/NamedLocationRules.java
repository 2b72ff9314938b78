package io.tidemark.simulator.rules.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Set;

/** Named locations. */
final class NamedLocationRules implements KindRules {

    private static final Set<String> TYPES =
            Set.of("#microsoft.graph.ipNamedLocation", "#microsoft.graph.countryNamedLocation");

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        if (body.type() == null || !TYPES.contains(body.type())) {
            throw refused("1007: Incoming NamedLocation object is null or does not match the schema of NamedLocation"
                    + " type.");
        }
        boolean address = body.type().endsWith("ipNamedLocation");
        JsonNode content = body.properties().get(address ? "ipRanges" : "countriesAndRegions");
        if (content == null || content.isEmpty()) {
            throw refused("1075: Named location must contain at least one range or country.");
        }
        if (address) {
            body.defaultTo("isTrusted", Json.mapper().getNodeFactory().booleanNode(false));
        } else {
            body.defaultTo(
                    "includeUnknownCountriesAndRegions",
                    Json.mapper().getNodeFactory().booleanNode(false));
            body.defaultTo("countryLookupMethod", Json.text("clientIpAddress"));
        }
        body.properties().put("createdDateTime", Json.time(writer.context().time()));
        body.properties().put("modifiedDateTime", Json.time(writer.context().time()));
        body.properties().put("deletedDateTime", NullNode.getInstance());
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        String type = node.entity().text("@odata.type");
        if (body.type() == null || !body.type().equals(type)) {
            throw refused("1007: Incoming NamedLocation object is null or does not match the schema of NamedLocation"
                    + " type.");
        }
        body.properties().put("modifiedDateTime", Json.time(writer.context().time()));
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        if (node.entity().isTrue("isTrusted")) {
            throw refused("1106: Trusted named location cannot be deleted. Mark it as not trusted first.");
        }
        Kind policies = Kinds.all().get("conditionalAccessPolicies");
        for (Node policy : writer.tenant().after(policies, 0)) {
            JsonNode conditions = policy.live() ? policy.entity().get("conditions") : null;
            if (conditions != null && Json.write(conditions.path("locations")).contains(node.id())) {
                throw refused("1105: Named location is used by a Conditional Access policy and cannot be deleted.");
            }
        }
    }

    private static GraphRefusal refused(String message) {
        return new GraphRefusal(400, "BadRequest", message);
    }
}
