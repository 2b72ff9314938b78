package io.tidemark.simulator.rules.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.DynamicMembership;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Privilege;
import io.tidemark.simulator.tenant.Restricted;
import io.tidemark.simulator.tenant.SecurityAttributes;
import io.tidemark.simulator.tenant.SecurityIds;
import io.tidemark.simulator.tenant.Synced;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users. */
final class UserRules implements KindRules {

    private static final String PASSWORD_METHOD = "28c10230-6103-485e-b985-444c60001490";
    private static final int PREFIX = 32;
    private static final int LONGEST_EMPLOYEE_ID = 16;
    private static final int MOST_OTHER_MAILS = 250;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        JsonNode profile = body.properties().get("passwordProfile");
        if (profile == null || profile.path("password").asText().length() < 8) {
            throw GraphRefusal.badRequest(
                    "The specified password does not comply with password complexity requirements. Please provide a"
                            + " different password.");
        }
        domain(writer.tenant(), body.text("userPrincipalName"));
        federated(writer.tenant(), body);
        limits(body);
        body.properties().put("createdDateTime", Json.time(writer.context().time()));
        body.properties().put("deletedDateTime", Json.text(null));
        body.properties()
                .put(
                        "securityIdentifier",
                        Json.text(SecurityIds.of(writer.tenant().newId())));
        mail(body, null);
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        DynamicMembership.settleFor(writer, node);
        // The password that the user was made with is a method like others; Entra gives it the same id everywhere.
        ObjectNode password = Json.object();
        password.put("id", PASSWORD_METHOD);
        password.set("createdDateTime", Json.time(writer.context().time()));
        Node method = writer.tenant()
                .insert(Kinds.all().get("passwordMethods"), node.id() + "/" + PASSWORD_METHOD, Entity.of(password));
        node.link("authentication/methods", method);
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        Synced.guard(node, body);
        limits(body);
        boolean outside = body.properties().keySet().stream().anyMatch(node.kind()::outside);
        if (outside && body.properties().size() > 1) {
            throw GraphRefusal.badRequest("One or more property values specified are invalid.");
        }
        Restricted.guard(writer, node);
        SecurityAttributes.assign(writer, node, body);
        if (body.properties().keySet().stream().anyMatch(node.kind()::sensitive)) {
            Privilege.guard(writer, node);
        }
        if (body.has("userPrincipalName")) {
            domain(writer.tenant(), body.text("userPrincipalName"));
        }
        mail(body, node);
    }

    @Override
    public void afterUpdate(TenantWriter writer, Node node, Body body) {
        DynamicMembership.settleFor(writer, node);
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        Restricted.guard(writer, node);
        Privilege.guard(writer, node);
    }

    @Override
    public void markDeleted(Node node, Map<String, JsonNode> marks) {
        String name = node.entity().text("userPrincipalName");
        marks.put("userPrincipalName", Json.text(node.id().replace("-", "") + name));
    }

    @Override
    public void markRestored(Node node, Map<String, JsonNode> marks) {
        String name = node.entity().text("userPrincipalName");
        if (name != null && name.startsWith(node.id().replace("-", ""))) {
            marks.put("userPrincipalName", Json.text(name.substring(PREFIX)));
        }
    }

    @Override
    public void beforeRestore(TenantWriter writer, Node node, Entity after) {
        Privilege.guard(writer, node);
    }

    @Override
    public void beforeLink(TenantWriter writer, Node node, Relation relation, Node target) {
        Restricted.guard(writer, node);
    }

    @Override
    public void beforePurge(TenantWriter writer, Node node) {
        if (!writer.context().caller().delegated()) {
            throw GraphRefusal.denied();
        }
    }

    private static void limits(Body body) {
        JsonNode phones = body.properties().get("businessPhones");
        if (phones != null && phones.size() > 1) {
            throw GraphRefusal.invalidValue("businessPhones", "user");
        }
        String employee = body.text("employeeId");
        if (employee != null && employee.length() > LONGEST_EMPLOYEE_ID) {
            throw GraphRefusal.invalidValue("employeeId", "user");
        }
        JsonNode mails = body.properties().get("otherMails");
        if (mails != null && mails.size() > MOST_OTHER_MAILS) {
            throw GraphRefusal.invalidValue("otherMails", "user");
        }
    }

    private static void domain(Tenant tenant, @Nullable String name) {
        int at = name == null ? -1 : name.indexOf('@');
        if (name == null || at <= 0 || at == name.length() - 1) {
            throw GraphRefusal.invalidValue("userPrincipalName", "user");
        }
        Kind domains = Kinds.all().get("domains");
        List<Node> known = tenant.after(domains, 0);
        if (known.isEmpty()) {
            return;
        }
        Node found = tenant.find(domains, name.substring(at + 1).toLowerCase(Locale.ROOT));
        if (found == null || !found.entity().isTrue("isVerified")) {
            throw GraphRefusal.badRequest("The domain portion of the userPrincipalName property is invalid. You must"
                    + " use one of the verified domain names in your organization.");
        }
    }

    /** Whoever signs in elsewhere is known there by an id. */
    private static void federated(Tenant tenant, Body body) {
        String name = String.valueOf(body.text("userPrincipalName"));
        Node found = tenant.find(
                Kinds.all().get("domains"),
                name.substring(name.indexOf('@') + 1).toLowerCase(Locale.ROOT));
        boolean elsewhere = found != null && "Federated".equals(found.entity().text("authenticationType"));
        if (elsewhere && body.text("onPremisesImmutableId") == null) {
            throw GraphRefusal.badRequest(
                    "A value is required for property 'onPremisesImmutableId' of resource 'User'.");
        }
    }

    private static void mail(Body body, @Nullable Node node) {
        String mail = body.text("mail");
        if (mail == null) {
            return;
        }
        ArrayNode addresses = Json.array();
        addresses.add("SMTP:" + mail);
        JsonNode present = node == null ? null : node.entity().get("proxyAddresses");
        if (present != null) {
            for (JsonNode address : present) {
                String text = address.asText();
                if (!text.regionMatches(true, 5, mail, 0, mail.length())) {
                    addresses.add(text.replaceFirst("^SMTP:", "smtp:"));
                }
            }
        }
        body.properties().put("proxyAddresses", addresses);
    }
}
