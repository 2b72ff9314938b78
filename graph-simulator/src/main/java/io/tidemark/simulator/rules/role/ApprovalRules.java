package io.tidemark.simulator.rules.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Moment;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Approvals of activations that wait: one stage each, answered by a signed-in user who did not ask himself. */
final class ApprovalRules implements KindRules {

    private static final Duration OPEN = Duration.ofHours(24);
    private static final String REQUESTS = "groupAssignmentScheduleRequests";

    /** Opens the approval that a request waits for. */
    static void open(TenantWriter writer, Node request) {
        String id = String.valueOf(request.entity().text("approvalId"));
        Kind kind = Kinds.all().get("groupAssignmentApprovals");
        Relation stages = kind.relation("stages");
        ObjectNode object = Json.object();
        object.put("id", id);
        Node approval = writer.tenant().insert(kind, id, Entity.of(object));
        writer.create(Kinds.all().get("groupApprovalStages"), Json.object(), approval, stages);
    }

    /** Ends what nobody answered within a day. */
    static void expire(TenantWriter writer) {
        JsonNode now = Json.time(writer.context().time());
        Instant limit = writer.context().time().minus(OPEN);
        for (String table : List.of("roleAssignmentScheduleRequests", REQUESTS)) {
            for (Node request : List.copyOf(writer.tenant().after(Kinds.all().get(table), 0))) {
                boolean waits = request.live()
                        && "PendingApproval".equals(request.entity().text("status"));
                String asked = waits ? request.entity().text("createdDateTime") : null;
                if (asked != null && !Moment.of(asked, Instant.MAX).isAfter(limit)) {
                    writer.change(request, Map.of("status", Json.text("TimedOut"), "completedDateTime", now), null);
                    stages(writer.tenant(), request)
                            .forEach(stage -> writer.change(stage, Map.of("status", Json.text("Expired")), null));
                }
            }
        }
    }

    private static List<Node> stages(Tenant tenant, Node request) {
        Node approval = tenant.find(
                Kinds.all().get("groupAssignmentApprovals"),
                String.valueOf(request.entity().text("approvalId")));
        return approval == null ? List.of() : approval.targets("stages");
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        String user = writer.context().caller().userId();
        if (user == null) {
            throw GraphRefusal.denied();
        }
        String result = body.text("reviewResult");
        if (result == null || !Set.of("Approve", "Deny").contains(result)) {
            throw GraphRefusal.invalidValue("reviewResult", "approvalStage");
        }
        if (!"InProgress".equals(node.entity().text("status"))) {
            throw GraphRefusal.badRequest("The approval stage has been completed already.");
        }
        for (Node request : requests(writer.tenant(), node)) {
            if (!approver(writer.tenant(), request, user)) {
                throw GraphRefusal.denied();
            }
        }
        Map<String, JsonNode> properties = body.properties();
        ObjectNode reviewer = Json.object();
        reviewer.put("id", user);
        reviewer.set("displayName", Json.text(writer.context().caller().userPrincipalName()));
        properties.put("status", Json.text("Completed"));
        properties.put("reviewedBy", reviewer);
        properties.put("reviewedDateTime", Json.time(writer.context().time()));
    }

    @Override
    public void afterUpdate(TenantWriter writer, Node node, Body body) {
        boolean granted = "Approve".equals(node.entity().text("reviewResult"));
        for (Node request : requests(writer.tenant(), node)) {
            writer.change(
                    request,
                    Map.of(
                            "status",
                            Json.text(granted ? "Provisioned" : "Denied"),
                            "completedDateTime",
                            Json.time(writer.context().time())),
                    granted
                            ? "Add member to group request approved (PIM activation)"
                            : "Add member to group request denied (PIM activation)");
            if (granted) {
                writer.rules(request.kind()).afterCreate(writer, request);
            }
        }
    }

    /** Whether a user is one of those who answer a request: the policy names them, and nobody answers his own. */
    private static boolean approver(Tenant tenant, Node request, String user) {
        Node node = tenant.findAny(user);
        return node != null
                && !user.equals(request.entity().text("principalId"))
                && RolePolicies.of(tenant, Schedules.Subject.GROUP, request.entity()::text)
                        .approvedBy(tenant, node);
    }

    /** The requests that wait for a stage. */
    private static List<Node> requests(Tenant tenant, Node stage) {
        List<Node> found = new ArrayList<>();
        for (Node approval : stage.sources("stages")) {
            for (Node request : tenant.after(Kinds.all().get(REQUESTS), 0)) {
                boolean same = approval.id().equals(request.entity().text("approvalId"));
                if (same && request.live()) {
                    found.add(request);
                }
            }
        }
        return found;
    }

    /** The approvals that the caller may answer, or that his own requests wait for. */
    static Outcome mine(ActionCall call) {
        String user = String.valueOf(call.writer().context().caller().userId());
        boolean principal = "principal".equals(call.arguments().get("on"));
        List<Node> found = new ArrayList<>();
        for (Node approval : call.tenant().after(call.kind(), 0)) {
            List<Node> requests = approval.targets("stages").stream()
                    .flatMap(stage -> requests(call.tenant(), stage).stream())
                    .toList();
            boolean mine = principal
                    ? requests.stream()
                            .anyMatch(request -> user.equals(request.entity().text("principalId")))
                    : requests.stream().anyMatch(request -> approver(call.tenant(), request, user));
            if (approval.live() && mine) {
                found.add(approval);
            }
        }
        return Outcome.many(found);
    }
}
