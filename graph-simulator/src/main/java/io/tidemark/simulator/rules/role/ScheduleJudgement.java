package io.tidemark.simulator.rules.role;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Privilege;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may have what a request for a role or a group asks, and in what state it is then.
 *
 * @param writer the request's place in the directory
 * @param subject what is asked for
 * @param eligible whether eligibility is asked for
 * @param action what the request does
 * @param body the request
 */
record ScheduleJudgement(TenantWriter writer, Schedules.Subject subject, boolean eligible, String action, Body body) {

    private static final Set<String> ASKING = Set.of("selfExtend", "selfRenew");
    private static final String ACTIVATION = "selfActivate";

    private boolean own() {
        return action.startsWith("self");
    }

    /** Refuses who may not ask: users for themselves, administrators for others. */
    void requester() {
        Caller caller = writer.context().caller();
        Tenant tenant = writer.tenant();
        String user = caller.userId();
        Node actor = user == null ? null : tenant.findAny(user);
        boolean may = true;
        if (own()) {
            Node principal = tenant.findAny(String.valueOf(body.text("principalId")));
            may = actor != null && (actor == principal || (principal != null && principal.pointsTo("members", actor)));
        } else if (actor != null && subject == Schedules.Subject.ROLE) {
            may = Privilege.managesRoles(tenant, actor);
        } else if (actor != null) {
            Node group = tenant.find(Kinds.all().get("groups"), String.valueOf(body.text("groupId")));
            may = group != null && Privilege.managesGroup(tenant, actor, group);
        }
        if (!may) {
            throw new GraphRefusal(
                    403, "UnauthorizedAccessException", "Attempted to perform an unauthorized operation.");
        }
        boolean activates = action.equals(ACTIVATION) || action.equals("selfDeactivate");
        if (eligible && activates) {
            throw new GraphRefusal(400, "InvalidRoleAssignmentRequest", "The role assignment request is invalid.");
        }
    }

    /** The state of a request that the policy allows. */
    String status() {
        RolePolicies.Policy policy = RolePolicies.of(writer.tenant(), subject, body::text);
        context(policy);
        List<String> failed = failed(policy);
        if (!failed.isEmpty()) {
            throw new GraphRefusal(
                    400,
                    "RoleAssignmentRequestPolicyValidationFailed",
                    "The following policy rules failed: [" + String.join(",", failed) + "]");
        }
        JsonNode validation = body.properties().get("isValidationOnly");
        if (validation != null && validation.asBoolean()) {
            return "Granted";
        }
        if (ASKING.contains(action)) {
            return "PendingAdminDecision";
        }
        JsonNode approval = policy.rule("Approval_EndUser_Assignment").path("setting");
        if (action.equals(ACTIVATION) && approval.path("isApprovalRequired").asBoolean()) {
            return "PendingApproval";
        }
        Instant now = writer.context().time();
        return Schedules.start(body.properties().get("scheduleInfo"), now).isAfter(now) ? "Granted" : "Provisioned";
    }

    /** An activation may need a sign-in in an authentication context. */
    private void context(RolePolicies.Policy policy) {
        JsonNode rule = policy.rule("AuthenticationContext_EndUser_Assignment");
        String wanted = rule.path("claimValue").asText();
        boolean asks = action.equals(ACTIVATION) && rule.path("isEnabled").asBoolean();
        if (asks && !writer.context().caller().proofs().contains(wanted)) {
            throw new GraphRefusal(
                    400,
                    "RoleAssignmentRequestAcrsValidationFailed",
                    "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22"
                            + wanted + "%22%7D%7D%7D");
        }
    }

    private List<String> failed(RolePolicies.Policy policy) {
        List<String> failed = new ArrayList<>();
        boolean activates = action.equals(ACTIVATION);
        if (activates && eligibility(writer, subject, body.properties()) == null) {
            failed.add("\"EligibilityRule\"");
        }
        String level = activates ? "EndUser_Assignment" : eligible ? "Admin_Eligibility" : "Admin_Assignment";
        if (lasts(policy.rule("Expiration_" + level))) {
            failed.add("\"ExpirationRule\"");
        }
        Caller caller = writer.context().caller();
        String justification = body.text("justification");
        JsonNode ticket = body.properties().get("ticketInfo");
        List<String> enabled = new ArrayList<>();
        policy.rule("Enablement_" + level).path("enabledRules").forEach(rule -> enabled.add(rule.asText()));
        if (ASKING.contains(action)) {
            enabled.addAll(List.of("Justification", "MultiFactorAuthentication"));
        }
        if (enabled.contains("Justification") && (justification == null || justification.isBlank())) {
            failed.add("\"JustificationRule\"");
        }
        if (enabled.contains("Ticketing") && (ticket == null || !ticket.hasNonNull("ticketNumber"))) {
            failed.add("\"TicketingRule\"");
        }
        if (enabled.contains("MultiFactorAuthentication")
                && caller.delegated()
                && !caller.proofs().contains("mfa")) {
            failed.add("\"MfaRule\"");
        }
        return failed;
    }

    /** Whether a request lasts longer than a rule allows. */
    private boolean lasts(JsonNode rule) {
        JsonNode info = body.properties().get("scheduleInfo");
        Instant start = Schedules.start(info, Instant.EPOCH);
        Instant end = Schedules.end(info, start);
        boolean required = rule.path("isExpirationRequired").asBoolean();
        if (end == null) {
            return required;
        }
        Duration most = rule.hasNonNull("maximumDuration")
                ? Duration.parse(rule.path("maximumDuration").asText())
                : Duration.ofDays(36_500);
        return (required || action.equals(ACTIVATION))
                && Duration.between(start, end).compareTo(most) > 0;
    }

    /** What the principal, itself or through a group, may activate. */
    static @Nullable Node eligibility(TenantWriter writer, Schedules.Subject subject, Map<String, JsonNode> wanted) {
        Schedules schedules = new Schedules(writer, subject, true);
        Node direct = active(schedules.find(wanted), writer.context().time());
        JsonNode id = wanted.get("principalId");
        Node principal = id == null ? null : writer.tenant().findAny(id.asText());
        if (direct != null || principal == null) {
            return direct;
        }
        for (Node group : principal.sources("members")) {
            if (group.live() && group.kind().type().equals("group")) {
                Map<String, JsonNode> its = new HashMap<>(wanted);
                its.put("principalId", Json.text(group.id()));
                Node through = active(schedules.find(its), writer.context().time());
                if (through != null) {
                    return through;
                }
            }
        }
        return null;
    }

    private static @Nullable Node active(@Nullable Node schedule, Instant now) {
        return schedule == null
                        || Schedules.start(schedule.entity().get("scheduleInfo"), now)
                                .isAfter(now)
                ? null
                : schedule;
    }
}
