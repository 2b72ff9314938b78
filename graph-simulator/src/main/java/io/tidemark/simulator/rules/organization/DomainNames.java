package io.tidemark.simulator.rules.organization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What hangs on the names of domains. */
public final class DomainNames {

    private DomainNames() {}

    /** The users, groups and applications whose names lie in a domain. Call it inside a read or a write. */
    public static List<Node> references(Tenant tenant, String domain) {
        String end = "@" + domain.toLowerCase(Locale.ROOT);
        List<Node> found = new ArrayList<>();
        for (String table : List.of("users", "groups")) {
            for (Node node : tenant.after(Kinds.all().get(table), 0)) {
                String name = node.entity().text(table.equals("users") ? "userPrincipalName" : "mail");
                if (node.live() && name != null && name.toLowerCase(Locale.ROOT).endsWith(end)) {
                    found.add(node);
                }
            }
        }
        for (Node node : tenant.after(Kinds.all().get("applications"), 0)) {
            JsonNode addresses = node.entity().get("identifierUris");
            if (node.live() && addresses != null && Json.write(addresses).contains("://" + domain)) {
                found.add(node);
            }
        }
        return found;
    }

    /** The domain above one; {@code null} if there is none in the tenant. */
    public static @Nullable Node root(Tenant tenant, String domain) {
        Node highest = null;
        for (int dot = domain.indexOf('.'); dot > 0; dot = domain.indexOf('.', dot + 1)) {
            Node above = tenant.find(Kinds.all().get("domains"), domain.substring(dot + 1));
            highest = above != null && above.live() ? above : highest;
        }
        return highest;
    }

    /** Makes a record that has to be put into the domain's name server. */
    static void record(
            TenantWriter writer,
            Node domain,
            String relation,
            String type,
            String service,
            Consumer<ObjectNode> values) {
        ObjectNode record = Json.object();
        String id = writer.tenant().newId();
        record.put("@odata.type", "#microsoft.graph.domainDns" + type + "Record");
        record.put("id", id).put("isOptional", false).put("label", domain.id());
        record.put("recordType", type).put("supportedService", service).put("ttl", 3600);
        values.accept(record);
        Node node = writer.tenant().insert(Kinds.all().get("domainDnsRecords"), id, Entity.of(record));
        domain.link(relation, node);
    }

    /** Writes the verified domains into the organization. */
    static void tellOrganization(TenantWriter writer) {
        ArrayNode verified = Json.array();
        for (Node domain : writer.tenant().after(Kinds.all().get("domains"), 0)) {
            if (domain.live() && domain.entity().isTrue("isVerified")) {
                ObjectNode one = verified.addObject();
                JsonNode services = domain.entity().get("supportedServices");
                List<String> names = new ArrayList<>();
                if (services != null) {
                    services.forEach(s -> names.add(s.asText()));
                }
                one.put("capabilities", String.join(", ", names));
                one.put("isDefault", domain.entity().isTrue("isDefault"));
                one.put("isInitial", domain.entity().isTrue("isInitial"));
                one.put("name", domain.id());
                one.put("type", String.valueOf(domain.entity().text("authenticationType")));
            }
        }
        for (Node organization : writer.tenant().after(Kinds.all().get("organization"), 0)) {
            if (organization.live()) {
                writer.replace(organization, Map.of("verifiedDomains", verified));
            }
        }
    }
}
