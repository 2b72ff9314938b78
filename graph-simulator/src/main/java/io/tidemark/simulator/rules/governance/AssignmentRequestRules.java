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
import java.util.Map;

/** Requests for access packages: an administrator's are delivered at once. */
final class AssignmentRequestRules implements KindRules {

    private static final String DELIVERED = "delivered";

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String type = String.valueOf(body.text("requestType"));
        boolean byAdministrator = type.startsWith("admin");
        body.properties().put("state", Json.text(byAdministrator ? DELIVERED : "submitted"));
        body.properties().put("status", Json.text(byAdministrator ? "Delivered" : "Accepted"));
        Relation relation = kind.relation("assignment");
        if (relation == null) {
            return;
        }
        List<ObjectNode> wanted = body.children().remove(relation);
        if (type.equals("adminAdd")) {
            if (wanted == null || wanted.isEmpty()) {
                throw GraphRefusal.badQuery("The request must name the assignment.");
            }
            body.binds().put(relation, List.of(assign(writer, wanted.get(0)).id()));
        } else if (type.equals("adminRemove")) {
            List<String> named = body.binds().get(relation);
            Node assignment = named == null || named.isEmpty()
                    ? null
                    : writer.tenant().find(Kinds.all().get("accessPackageAssignments"), named.get(0));
            if (assignment == null) {
                throw GraphRefusal.notFound(named == null || named.isEmpty() ? "assignment" : named.get(0));
            }
            writer.change(assignment, Map.of("state", Json.text("expired"), "status", Json.text("Expired")), null);
        }
    }

    private static Node assign(TenantWriter writer, ObjectNode wanted) {
        Tenant tenant = writer.tenant();
        Node accessPackage =
                named(tenant, "accessPackages", wanted.path("accessPackageId").asText());
        Node policy = named(
                tenant,
                "accessPackageAssignmentPolicies",
                wanted.path("assignmentPolicyId").asText());
        String targetId = wanted.path("targetId")
                .asText(wanted.path("target").path("objectId").asText());
        Node user = tenant.findAny(targetId);
        if (user == null || !user.live()) {
            throw GraphRefusal.notFound(targetId);
        }
        Node subject = subject(tenant, user);
        ObjectNode assignment = Json.object();
        String id = tenant.newId();
        assignment.put("id", id).put("state", DELIVERED).put("status", "Delivered");
        assignment.putNull("expiredDateTime");
        assignment.putArray("customExtensionCalloutInstances");
        assignment
                .putObject("schedule")
                .put("startDateTime", Json.time(writer.context().time()).asText())
                .putNull("recurrence")
                .putObject("expiration")
                .put("type", "noExpiration");
        Node node = tenant.insert(Kinds.all().get("accessPackageAssignments"), id, Entity.of(assignment));
        node.link("accessPackage", accessPackage);
        node.link("assignmentPolicy", policy);
        node.link("target", subject);
        return node;
    }

    private static Node named(Tenant tenant, String table, String id) {
        Node node = tenant.find(Kinds.all().get(table), id);
        if (node == null || !node.live()) {
            throw GraphRefusal.notFound(id);
        }
        return node;
    }

    private static Node subject(Tenant tenant, Node user) {
        Kind subjects = Kinds.all().get("accessPackageSubjects");
        Node known = tenant.findBy(subjects, "objectId", user.id());
        if (known != null) {
            return known;
        }
        ObjectNode subject = Json.object();
        String id = tenant.newId();
        subject.put("id", id).put("objectId", user.id());
        subject.put("displayName", user.entity().text("displayName"));
        subject.put("principalName", user.entity().text("userPrincipalName"));
        subject.put("email", user.entity().text("mail"));
        subject.putNull("onPremisesSecurityIdentifier");
        subject.put("subjectType", "user").put("subjectLifecycle", "governed");
        return tenant.insert(subjects, id, Entity.of(subject));
    }
}
