package io.tidemark.simulator.rules.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.Effect;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.Synced;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests for roles and groups: each is judged by the policy, then answered at once where nobody has to approve. */
final class ScheduleRequestRules implements KindRules {

    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Set<String> BEGINNING = Set.of("adminAssign", "selfActivate");
    private static final Set<String> ENDING = Set.of("adminRemove", "selfDeactivate");
    private static final Set<String> RENEWING = Set.of("adminRenew", "selfRenew");
    private static final Set<String> WAITING = Set.of("PendingApproval", "PendingAdminDecision");
    private static final Set<String> CANCELLABLE =
            Set.of("PendingApproval", "Granted", "PendingAdminDecision", "PendingApprovalProvisioning");

    private final Schedules.Subject subject;

    ScheduleRequestRules(Schedules.Subject subject) {
        this.subject = subject;
    }

    private static boolean eligible(Kind kind) {
        return kind.collection().contains("Eligibility");
    }

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        boolean eligible = eligible(kind);
        Schedules schedules = new Schedules(writer, subject, eligible);
        String action = String.valueOf(body.text("action"));
        if (subject == Schedules.Subject.ROLE) {
            body.defaultTo("directoryScopeId", Json.text("/"));
        }
        named(writer.tenant(), body, schedules);
        known(writer, body);
        ScheduleJudgement judgement = new ScheduleJudgement(writer, subject, eligible, action, body);
        judgement.requester();
        Node present = schedules.find(body.properties());
        boolean ends = ENDING.contains(action);
        if (ends) {
            endable(present, eligible, action, writer.context().time());
        } else {
            beginnable(writer, kind, body, present, action);
        }
        String status = "Revoked";
        if (!ends) {
            body.properties().put("scheduleInfo", info(writer, body));
            status = judgement.status();
        }
        finish(writer, body, status);
    }

    /** What is to end must be there and, where it is in force, must have been for a while. */
    private void endable(@Nullable Node present, boolean eligible, String action, Instant now) {
        boolean activated =
                present != null && "activated".equalsIgnoreCase(present.entity().text("assignmentType"));
        if (present == null || (action.equals("selfDeactivate") && !activated)) {
            throw refused("RoleAssignmentDoesNotExist", "The Role assignment does not exist.");
        }
        Instant start = Schedules.start(present.entity().get("scheduleInfo"), Instant.MIN);
        if (!eligible && !start.isAfter(now) && start.plus(SHORTEST).isAfter(now)) {
            throw tooShort();
        }
    }

    /** What is to begin or to change must suit what is there. */
    private void beginnable(TenantWriter writer, Kind kind, Body body, @Nullable Node present, String action) {
        boolean renews = RENEWING.contains(action);
        boolean begins = BEGINNING.contains(action);
        if (!begins && !renews && present == null) {
            throw refused("RoleAssignmentDoesNotExist", "The Role assignment does not exist.");
        }
        if (renews && present == null && !was(writer.tenant(), kind, body)) {
            throw refused("RoleAssignmentDoesNotExist", "The Role assignment does not exist.");
        }
        if ((begins || renews) && (present != null || joined(writer.tenant(), kind, body))) {
            throw refused("RoleAssignmentExists", "The Role assignment already exists.");
        }
        boolean asks = begins || action.startsWith("self");
        if (asks && !earlier(writer.tenant(), kind, body, WAITING).isEmpty()) {
            throw refused(
                    "PendingRoleAssignmentRequest", "There is already an existing pending Role assignment request.");
        }
    }

    /** Who is in the group already has what an assignment gives. */
    private boolean joined(Tenant tenant, Kind kind, Body body) {
        if (subject == Schedules.Subject.ROLE || eligible(kind)) {
            return false;
        }
        Node group = tenant.find(Kinds.all().get("groups"), String.valueOf(body.text("groupId")));
        Node principal = tenant.findAny(String.valueOf(body.text("principalId")));
        String links = "owner".equals(body.text("accessId")) ? "owners" : "members";
        return group != null && principal != null && group.pointsTo(links, principal);
    }

    /** Whether there was such a schedule that is over. */
    private boolean was(Tenant tenant, Kind kind, Body body) {
        return !earlier(tenant, kind, body, Set.of("Provisioned")).isEmpty();
    }

    private void named(Tenant tenant, Body body, Schedules schedules) {
        String target = body.text("targetScheduleId");
        Node schedule = target == null ? null : tenant.find(schedules.kind(), target);
        if (schedule != null) {
            for (String key : subject.keys()) {
                body.properties().put(key, Json.text(schedule.entity().text(key)));
            }
        }
    }

    private void known(TenantWriter writer, Body body) {
        Tenant tenant = writer.tenant();
        Node principal = tenant.findAny(String.valueOf(body.text("principalId")));
        if (principal == null || !principal.live() || tenant.pasts().unseen(principal)) {
            throw new GraphRefusal(404, "SubjectNotFound", "The subject is not found.");
        }
        if (subject == Schedules.Subject.GROUP) {
            Node group = tenant.find(Kinds.all().get("groups"), String.valueOf(body.text("groupId")));
            if (group == null || !group.live()) {
                throw new GraphRefusal(404, "ResourceNotFound", "The resource is not found.");
            }
            boolean open = group.entity().holds("groupTypes", "DynamicMembership") || Synced.is(group);
            if (open) {
                throw refused("InvalidResource", "The group cannot be managed by privileged access.");
            }
            return;
        }
        Node role = tenant.find(Kinds.all().get("roleDefinitions"), String.valueOf(body.text("roleDefinitionId")));
        if (role == null) {
            throw new GraphRefusal(404, "RoleNotFound", "The Role is not found.");
        }
        RoleAssignmentRules.assignable(principal);
        RoleAssignmentRules.scope(tenant, String.valueOf(body.text("directoryScopeId")));
    }

    /** Requests for the same that are in one of the states. */
    private List<Node> earlier(Tenant tenant, Kind kind, Body body, Set<String> states) {
        List<Node> found = new ArrayList<>();
        for (Node request : tenant.allBy(kind, "principalId", String.valueOf(body.text("principalId")))) {
            boolean same = subject.keys().stream()
                    .allMatch(k -> String.valueOf(body.text(k))
                            .equalsIgnoreCase(request.entity().text(k)));
            if (same && request.live() && states.contains(request.entity().text("status"))) {
                found.add(request);
            }
        }
        return found;
    }

    /** The schedule with its start; a span must be long enough. */
    private static ObjectNode info(TenantWriter writer, Body body) {
        JsonNode sent = body.properties().get("scheduleInfo");
        ObjectNode info = sent instanceof ObjectNode object ? object.deepCopy() : Json.object();
        Instant now = writer.context().time();
        Instant start = Schedules.start(info, now);
        info.set("startDateTime", Json.time(start.isBefore(now) ? now : start));
        info.putIfAbsent("recurrence", Json.text(null));
        if (!info.path("expiration").isObject()) {
            info.putObject("expiration").put("type", "noExpiration");
        }
        ObjectNode expiration = (ObjectNode) info.get("expiration");
        expiration.putIfAbsent("duration", Json.text(null));
        expiration.putIfAbsent("endDateTime", Json.text(null));
        Instant end = Schedules.end(info, start);
        if (end != null && Duration.between(start, end).compareTo(SHORTEST) < 0) {
            throw tooShort();
        }
        return info;
    }

    private void finish(TenantWriter writer, Body body, String status) {
        Map<String, JsonNode> properties = body.properties();
        Caller caller = writer.context().caller();
        JsonNode now = Json.time(writer.context().time());
        boolean waits = WAITING.contains(status);
        if ("selfActivate".equals(body.text("action"))) {
            Node using = ScheduleJudgement.eligibility(writer, subject, properties);
            properties.put(Schedules.USING, Json.text(using == null ? null : using.id()));
        }
        properties.put("status", Json.text(status));
        properties.put("createdDateTime", now);
        properties.put("completedDateTime", waits ? Json.text(null) : now);
        boolean approved = status.equals("PendingApproval");
        properties.put("approvalId", Json.text(approved ? writer.tenant().newId() : null));
        ObjectNode createdBy = Json.object();
        createdBy.set("device", Json.text(null));
        ObjectNode who = Json.object();
        who.set("displayName", Json.text(null));
        who.put("id", caller.delegated() ? caller.actorId() : caller.servicePrincipalId());
        createdBy.set("application", caller.delegated() ? Json.text(null) : who);
        createdBy.set("user", caller.delegated() ? who : Json.text(null));
        properties.put("createdBy", createdBy);
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        Schedules schedules = new Schedules(writer, subject, eligible(node.kind()));
        Map<String, JsonNode> wanted = new LinkedHashMap<>();
        subject.keys().forEach(key -> wanted.put(key, Json.text(node.entity().text(key))));
        String action = String.valueOf(node.entity().text("action"));
        String state = String.valueOf(node.entity().text("status"));
        if (state.equals("PendingApproval") && subject == Schedules.Subject.GROUP) {
            ApprovalRules.open(writer, node);
        }
        if (node.entity().isTrue("isValidationOnly") || WAITING.contains(state)) {
            return;
        }
        if (action.equals("adminExtend") || action.equals("adminRenew")) {
            decided(writer, node);
        }
        Node present = schedules.find(wanted);
        String target;
        if (present != null && ENDING.contains(action)) {
            schedules.end(present);
            target = present.id();
        } else if (present != null) {
            JsonNode info = node.entity().get("scheduleInfo");
            schedules.change(present, info == null ? Json.object() : info);
            target = present.id();
        } else {
            target = schedules
                    .begin(node, action.equals("selfActivate") ? "Activated" : "Assigned")
                    .id();
        }
        writer.tenant()
                .table(node.kind())
                .replace(node, node.entity().with(Map.of("targetScheduleId", Json.text(target))));
        for (String stage : List.of("requested", "completed")) {
            writer.context()
                    .effects()
                    .add(Effect.updated(
                            node, node.entity(), node.entity(), Set.of("status"), activity(node, action, stage)));
        }
    }

    /** An administrator who extends or renews answers who asked for it. */
    private void decided(TenantWriter writer, Node request) {
        for (Node asked : List.copyOf(writer.tenant()
                .allBy(
                        request.kind(),
                        "principalId",
                        String.valueOf(request.entity().text("principalId"))))) {
            boolean same = subject.keys().stream()
                    .allMatch(k -> String.valueOf(request.entity().text(k))
                            .equalsIgnoreCase(asked.entity().text(k)));
            if (same && "PendingAdminDecision".equals(asked.entity().text("status"))) {
                writer.tenant()
                        .table(asked.kind())
                        .replace(
                                asked,
                                asked.entity()
                                        .with(Map.of(
                                                "status",
                                                Json.text("Provisioned"),
                                                "completedDateTime",
                                                Json.time(writer.context().time()))));
            }
        }
    }

    private String activity(Node request, String action, String stage) {
        boolean permanent = "noExpiration"
                .equals(Json.object()
                        .set("i", request.entity().get("scheduleInfo"))
                        .path("i")
                        .path("expiration")
                        .path("type")
                        .asText("noExpiration"));
        String span = permanent ? "permanent" : "timebound";
        String what = subject == Schedules.Subject.ROLE ? "role" : "group";
        String who = eligible(request.kind()) ? "eligible member" : "member";
        if (action.equals("selfActivate")) {
            return "Add member to " + what + " " + stage + " (PIM activation)";
        }
        if (action.equals("selfDeactivate")) {
            return "Remove member from " + what + " " + stage + " (PIM deactivate)";
        }
        return ENDING.contains(action)
                ? "Remove " + who + " from " + what + " in PIM " + stage + " (" + span + ")"
                : "Add " + who + " to " + what + " in PIM " + stage + " (" + span + ")";
    }

    /** Takes back a request that has given nothing yet. */
    static Outcome cancel(TenantWriter writer, Node request, ObjectNode body) {
        if (!CANCELLABLE.contains(String.valueOf(request.entity().text("status")))) {
            throw refused("RequestCannotBeCancelled", "The request cannot be cancelled in its present state.");
        }
        Schedules.Subject subject =
                request.entity().text("groupId") == null ? Schedules.Subject.ROLE : Schedules.Subject.GROUP;
        Schedules schedules = new Schedules(writer, subject, eligible(request.kind()));
        Node schedule = writer.tenant()
                .find(schedules.kind(), String.valueOf(request.entity().text("targetScheduleId")));
        if (schedule != null && schedule.live()) {
            schedules.end(schedule);
        }
        writer.change(request, Map.of("status", Json.text("Canceled")), "Cancel request for role");
        return Outcome.empty(204);
    }

    private static GraphRefusal tooShort() {
        return refused("ActiveDurationTooShort", "The Active duration is too short. Miniumum Required is 5 minutes.");
    }

    private static GraphRefusal refused(String code, String message) {
        return new GraphRefusal(400, code, message);
    }
}
