package io.tidemark.simulator.rules.role;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.DynamicMembership;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Restricted;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.List;

/** Administrative units. */
final class AdministrativeUnitRules implements KindRules {

    private static final String ROLES = "RoleManagement.ReadWrite.Directory";

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        rule(body, body.text("membershipType"));
        String visibility = body.text("visibility");
        if (visibility != null && !visibility.equals("HiddenMembership") && !visibility.equals("Public")) {
            throw GraphRefusal.invalidValue("visibility", "administrativeUnit");
        }
        body.properties().put("deletedDateTime", Json.text(null));
        for (String empty : List.of(
                "description",
                "visibility",
                "membershipType",
                "membershipRule",
                "membershipRuleProcessingState",
                "isMemberManagementRestricted")) {
            body.defaultTo(empty, Json.text(null));
        }
    }

    private static void rule(Body body, @org.jspecify.annotations.Nullable String type) {
        boolean dynamic = "Dynamic".equalsIgnoreCase(type);
        JsonNode rule = body.properties().get("membershipRule");
        boolean given = rule != null && !rule.isNull();
        if (given && !dynamic) {
            throw GraphRefusal.invalidValue("membershipRule", "administrativeUnit");
        }
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        writer.tenant().watch(node);
        DynamicMembership.settle(writer, node);
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        String type = body.has("membershipType")
                ? body.text("membershipType")
                : node.entity().text("membershipType");
        rule(body, type);
        if (node.entity().isTrue("isMemberManagementRestricted")) {
            privileged(writer);
        }
    }

    @Override
    public void afterUpdate(TenantWriter writer, Node node, Body body) {
        DynamicMembership.settle(writer, node);
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        if (node.entity().isTrue("isMemberManagementRestricted")) {
            privileged(writer);
        }
    }

    @Override
    public void afterDelete(TenantWriter writer, Node node) {
        node.targets("members").forEach(member -> Restricted.mark(writer, member));
    }

    @Override
    public void afterRestore(TenantWriter writer, Node node) {
        node.targets("members").forEach(member -> Restricted.mark(writer, member));
    }

    @Override
    public void beforePurge(TenantWriter writer, Node node) {
        throw GraphRefusal.badRequest("Administrative units cannot be permanently deleted by a request.");
    }

    @Override
    public void beforeLink(TenantWriter writer, Node node, Relation relation, Node target) {
        if (DynamicMembership.dynamic(node.entity())) {
            throw GraphRefusal.denied();
        }
        boolean out = node.pointsTo(relation.via(), target);
        if (out && node.entity().isTrue("isMemberManagementRestricted")) {
            privileged(writer);
        }
    }

    @Override
    public void afterLink(TenantWriter writer, Node node, Relation relation, Node target) {
        Restricted.mark(writer, target);
    }

    private static void privileged(TenantWriter writer) {
        if (!writer.context().caller().permissions().contains(ROLES)) {
            throw GraphRefusal.denied();
        }
    }
}
