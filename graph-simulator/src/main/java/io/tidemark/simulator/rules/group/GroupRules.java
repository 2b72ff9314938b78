package io.tidemark.simulator.rules.group;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.Domains;
import io.tidemark.simulator.tenant.DynamicMembership;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Ownership;
import io.tidemark.simulator.tenant.Restricted;
import io.tidemark.simulator.tenant.SecurityIds;
import io.tidemark.simulator.tenant.Synced;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Groups. */
final class GroupRules implements KindRules {

    private static final Set<String> EXCHANGE =
            Set.of("allowExternalSenders", "autoSubscribeNewMembers", "hideFromAddressLists", "hideFromOutlookClients");
    private static final String ROLE_PERMISSION = "RoleManagement.ReadWrite.Directory";

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        boolean unified = holds(body.properties().get("groupTypes"), "Unified");
        boolean dynamic = holds(body.properties().get("groupTypes"), "DynamicMembership");
        if (body.isTrue("mailEnabled") && !unified) {
            throw GraphRefusal.badRequest("Cannot Create a mail-enabled security groups and or distribution list.");
        }
        if (unified && !body.isTrue("mailEnabled")) {
            throw GraphRefusal.invalidValue("mailEnabled", "group");
        }
        if (!unified && !body.isTrue("securityEnabled")) {
            throw GraphRefusal.invalidValue("securityEnabled", "group");
        }
        rule(body, dynamic, null);
        ownedByCaller(writer, body);
        if (body.isTrue("isAssignableToRole")) {
            if (!writer.context().caller().permissions().contains(ROLE_PERMISSION)) {
                throw GraphRefusal.denied();
            }
            if (dynamic || !body.isTrue("securityEnabled")) {
                throw GraphRefusal.invalidValue("isAssignableToRole", "group");
            }
        }
        String nickname = body.text("mailNickname");
        if (nickname != null && nickname.matches(".*[@()\\\\\\[\\]\";:<>, ].*")) {
            throw GraphRefusal.invalidValue("mailNickname", "group");
        }
        if (unified) {
            unified(writer, body, nickname);
        }
        body.properties().put("createdDateTime", Json.time(writer.context().time()));
        body.properties().put("renewedDateTime", Json.time(writer.context().time()));
        body.properties()
                .put(
                        "securityIdentifier",
                        Json.text(SecurityIds.of(writer.tenant().newId())));
    }

    /** Whoever signs in and makes a group owns it, and must not say so again. */
    private static void ownedByCaller(TenantWriter writer, Body body) {
        String caller = writer.context().caller().userId();
        boolean told = body.binds().entrySet().stream()
                .anyMatch(bound -> bound.getKey().name().equals("owners")
                        && bound.getValue().stream().anyMatch(id -> id.equalsIgnoreCase(caller)));
        if (caller != null && told) {
            throw GraphRefusal.badRequest("Request contains a property with duplicate values.");
        }
    }

    private static void unified(TenantWriter writer, Body body, @Nullable String nickname) {
        for (Node other :
                writer.tenant().allBy(Kinds.all().get("groups"), "mailNickname", nickname == null ? "" : nickname)) {
            if (other.live() && other.entity().holds("groupTypes", "Unified")) {
                throw GraphRefusal.conflict("mailNickname");
            }
        }
        String mail = nickname + "@" + Domains.usual(writer.tenant());
        body.properties().put("mail", Json.text(mail));
        body.properties().put("proxyAddresses", Json.array().add("SMTP:" + mail));
        body.defaultTo("visibility", Json.text("Public"));
    }

    private static void rule(Body body, boolean dynamic, @Nullable Node node) {
        JsonNode sent = body.properties().get("membershipRule");
        JsonNode present = node == null ? null : node.entity().get("membershipRule");
        JsonNode rule = sent == null ? present : sent;
        boolean given = rule != null && !rule.isNull();
        if (dynamic && !given) {
            throw GraphRefusal.invalidValue("membershipRule", "group");
        }
        if (sent != null && given && !dynamic) {
            throw GraphRefusal.invalidValue("membershipRule", "group");
        }
        if (dynamic && node == null) {
            body.defaultTo("membershipRuleProcessingState", Json.text("On"));
        }
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        Caller caller = writer.context().caller();
        Node user = caller.userId() == null ? null : writer.tenant().findAny(caller.userId());
        Relation owners = node.kind().relation("owners");
        if (user != null && owners != null && !node.pointsTo("owners", user)) {
            writer.links().put(node, owners, user);
        }
        DynamicMembership.settle(writer, node);
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        Synced.guard(node, body);
        Restricted.guard(writer, node);
        mailEnabled(node);
        if (!body.properties().isEmpty()) {
            roleAssignable(writer, node);
        }
        for (String property : body.properties().keySet()) {
            if (EXCHANGE.contains(property)) {
                if (body.properties().size() > 1) {
                    throw GraphRefusal.badRequest("One or more property values specified are invalid.");
                }
                if (!writer.context().caller().delegated()) {
                    throw GraphRefusal.denied();
                }
            }
        }
        JsonNode visibility = body.properties().get("visibility");
        boolean hidden = "HiddenMembership".equals(node.entity().text("visibility"));
        if (visibility != null && hidden != visibility.asText().equals("HiddenMembership")) {
            throw GraphRefusal.invalidValue("visibility", "group");
        }
        JsonNode types =
                body.properties().getOrDefault("groupTypes", node.entity().get("groupTypes"));
        if (body.has("groupTypes") && holds(types, "Unified") != node.entity().holds("groupTypes", "Unified")) {
            throw GraphRefusal.invalidValue("groupTypes", "group");
        }
        boolean open = body.has("securityEnabled") && !body.isTrue("securityEnabled");
        if (open && !holds(types, "Unified")) {
            throw GraphRefusal.invalidValue("securityEnabled", "group");
        }
        rule(body, holds(types, "DynamicMembership"), node);
    }

    @Override
    public void afterUpdate(TenantWriter writer, Node node, Body body) {
        if (body.has("membershipRule") || body.has("membershipRuleProcessingState") || body.has("groupTypes")) {
            DynamicMembership.settle(writer, node);
        }
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        if (Synced.is(node)) {
            throw Synced.refusal();
        }
        Restricted.guard(writer, node);
        mailEnabled(node);
        roleAssignable(writer, node);
    }

    @Override
    public boolean recoverable(Node node) {
        return !Synced.is(node) && !mailEnabledOnly(node);
    }

    @Override
    public void beforePurge(TenantWriter writer, Node node) {
        if (!writer.context().caller().delegated()) {
            throw GraphRefusal.denied();
        }
    }

    @Override
    public void beforeLink(TenantWriter writer, Node node, Relation relation, Node target) {
        if (Synced.is(node)) {
            throw Synced.refusal();
        }
        Restricted.guard(writer, node);
        mailEnabled(node);
        roleAssignable(writer, node);
        senders(node, relation, target);
        Ownership.limit(node, relation, target);
        if (relation.name().equals("members")) {
            if (node.entity().holds("groupTypes", "DynamicMembership")) {
                throw GraphRefusal.denied();
            }
            if (node == target
                    || (node.entity().holds("groupTypes", "Unified")
                            && !target.kind().type().equals("user"))) {
                throw GraphRefusal.badRequest("One or more property values specified are invalid.");
            }
        }
    }

    /** Nobody is accepted and rejected at once. */
    private static void senders(Node node, Relation relation, Node target) {
        String other = switch (relation.name()) {
            case "acceptedSenders" -> "rejectedSenders";
            case "rejectedSenders" -> "acceptedSenders";
            default -> "";
        };
        if (!other.isEmpty() && !node.pointsTo(relation.via(), target) && node.pointsTo(other, target)) {
            throw GraphRefusal.badRequest(
                    "The same user or group cannot be in both the accepted and the rejected senders.");
        }
    }

    private static void roleAssignable(TenantWriter writer, Node node) {
        if (node.entity().isTrue("isAssignableToRole")
                && !writer.context().caller().permissions().contains(ROLE_PERMISSION)) {
            throw GraphRefusal.denied();
        }
    }

    private static boolean mailEnabledOnly(Node node) {
        return node.entity().isTrue("mailEnabled") && !node.entity().holds("groupTypes", "Unified");
    }

    private static void mailEnabled(Node node) {
        if (mailEnabledOnly(node)) {
            throw GraphRefusal.badRequest("Cannot Update a mail-enabled security groups and or distribution list.");
        }
    }

    private static boolean holds(@Nullable JsonNode list, String text) {
        if (list != null) {
            for (JsonNode item : list) {
                if (item.asText().equals(text)) {
                    return true;
                }
            }
        }
        return false;
    }
}
