package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    private static final Set<String> ENDING = Set.of("adminRemove", "selfDeactivate");
    private static final Set<String> CHANGING =
            Set.of("adminUpdate", "adminExtend", "adminRenew", "selfExtend", "selfRenew");

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
        Node present = schedules.find(body.properties());
        boolean ends = ENDING.contains(action);
        if ((ends || CHANGING.contains(action)) && present == null) {
            throw refused("RoleAssignmentDoesNotExist", "The Role assignment does not exist.");
        }
        boolean begins = !ends && !CHANGING.contains(action);
        if (begins && present != null) {
            throw refused("RoleAssignmentExists", "The Role assignment already exists.");
        }
        if (begins && pending(writer.tenant(), kind, body)) {
            throw refused(
                    "PendingRoleAssignmentRequest", "There is already an existing pending Role assignment request.");
        }
        if (action.startsWith("self")) {
            self(writer, body, eligible, begins);
        }
        String status = ends ? "Revoked" : "Provisioned";
        if (!ends) {
            body.properties().put("scheduleInfo", info(writer, body));
            if (judge(writer.tenant(), body, eligible, action)) {
                status = "PendingApproval";
            }
        }
        finish(writer, body, status);
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

    private boolean pending(Tenant tenant, Kind kind, Body body) {
        for (Node request : tenant.allBy(kind, "principalId", String.valueOf(body.text("principalId")))) {
            boolean same = subject.keys().stream()
                    .allMatch(k -> String.valueOf(body.text(k))
                            .equalsIgnoreCase(request.entity().text(k)));
            if (same
                    && request.live()
                    && "PendingApproval".equals(request.entity().text("status"))) {
                return true;
            }
        }
        return false;
    }

    /** Who acts for himself must be signed in and, to activate, be eligible. */
    private void self(TenantWriter writer, Body body, boolean eligible, boolean begins) {
        String user = writer.context().caller().userId();
        if (user == null || !user.equals(body.text("principalId"))) {
            throw new GraphRefusal(
                    403, "RoleAssignmentRequestAcrsValidationFailed", "The caller is not the principal.");
        }
        boolean may = new Schedules(writer, subject, true).find(body.properties()) != null;
        if (begins && (eligible || !may)) {
            throw refused("RoleAssignmentDoesNotExist", "The Role assignment does not exist.");
        }
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
            throw refused("ActiveDurationTooShort", "The requested active duration is too short.");
        }
        return info;
    }

    /** Holds the request against the policy; says whether somebody has to approve. */
    private boolean judge(Tenant tenant, Body body, boolean eligible, String action) {
        boolean own = action.startsWith("self");
        String level = own ? "EndUser_Assignment" : eligible ? "Admin_Eligibility" : "Admin_Assignment";
        RolePolicies.Policy policy = RolePolicies.of(tenant, subject, body);
        List<String> failed = new ArrayList<>();
        JsonNode info = body.properties().get("scheduleInfo");
        Instant start = Schedules.start(info, Instant.EPOCH);
        Instant end = Schedules.end(info, start);
        JsonNode expiration = policy.rule("Expiration_" + level);
        boolean unlimited =
                end == null && expiration.path("isExpirationRequired").asBoolean();
        Duration most = expiration.hasNonNull("maximumDuration")
                ? Duration.parse(expiration.path("maximumDuration").asText())
                : Duration.ofDays(36_500);
        boolean limited = own || expiration.path("isExpirationRequired").asBoolean();
        if (unlimited || (limited && end != null && Duration.between(start, end).compareTo(most) > 0)) {
            failed.add("\"ExpirationRule\"");
        }
        for (JsonNode enabled : policy.rule("Enablement_" + level).path("enabledRules")) {
            String justification = body.text("justification");
            JsonNode ticket = body.properties().get("ticketInfo");
            if (enabled.asText().equals("Justification") && (justification == null || justification.isBlank())) {
                failed.add("\"JustificationRule\"");
            }
            if (enabled.asText().equals("Ticketing") && (ticket == null || !ticket.hasNonNull("ticketNumber"))) {
                failed.add("\"TicketingRule\"");
            }
        }
        if (!failed.isEmpty()) {
            throw refused(
                    "RoleAssignmentRequestPolicyValidationFailed",
                    "The following policy rules failed: [" + String.join(",", failed) + "]");
        }
        return own
                && policy.rule("Approval_EndUser_Assignment")
                        .path("setting")
                        .path("isApprovalRequired")
                        .asBoolean();
    }

    private static void finish(TenantWriter writer, Body body, String status) {
        Map<String, JsonNode> properties = body.properties();
        Caller caller = writer.context().caller();
        JsonNode now = Json.time(writer.context().time());
        boolean waits = status.equals("PendingApproval");
        properties.put("status", Json.text(status));
        properties.put("createdDateTime", now);
        properties.put("completedDateTime", waits ? Json.text(null) : now);
        properties.put("approvalId", Json.text(waits ? writer.tenant().newId() : null));
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
        if (node.entity().isTrue("isValidationOnly") || state.equals("PendingApproval")) {
            return;
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
        if (!Set.of("PendingApproval", "Granted")
                .contains(String.valueOf(request.entity().text("status")))) {
            throw refused("RequestCannotBeCancelled", "The request cannot be cancelled in its present state.");
        }
        writer.change(request, Map.of("status", Json.text("Canceled")), "Cancel request for role");
        return Outcome.empty(204);
    }

    private static GraphRefusal refused(String code, @Nullable String message) {
        return new GraphRefusal(400, code, String.valueOf(message));
    }
}
