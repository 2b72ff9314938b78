package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Approvals of activations that wait. */
class ApprovalTest {

    private static final String APPROVALS = "/identityGovernance/privilegedAccess/group/assignmentApprovals";
    private static final String REQUESTS = "/identityGovernance/privilegedAccess/group/assignmentScheduleRequests";
    private static final String ME = "5e5e5e5e-0000-4000-8000-00000000000e";
    private static final String OTHER = "5e5e5e5e-0000-4000-8000-00000000000f";
    private static final String GROUP = "99999999-0000-4000-8000-000000000009";
    private static final String FIRST = "aaaaaaaa-0000-4000-8000-0000000000a1";
    private static final String SECOND = "aaaaaaaa-0000-4000-8000-0000000000a2";
    private static final String THIRD = "aaaaaaaa-0000-4000-8000-0000000000a4";
    private static final String OWN = "aaaaaaaa-0000-4000-8000-0000000000a3";

    private static Box box;
    private static GraphClient me;

    @BeforeAll
    static void open() {
        box = Box.open(b -> b, sink -> {
            user(sink, ME, "me@fabrikam.com");
            user(sink, OTHER, "other@fabrikam.com");
            sink.object(
                    "groups",
                    Json.object()
                            .put("id", GROUP)
                            .put("displayName", "privileged")
                            .put("securityEnabled", true));
            waiting(sink, FIRST, OTHER);
            waiting(sink, SECOND, OTHER);
            waiting(sink, OWN, ME);
            waiting(sink, THIRD, OTHER);
        });
        me = new GraphClient(
                box.simulator.graphUrl(),
                GraphClient.token(box.simulator, box.simulator.tenant().id(), Box.ADMIN, Box.ADMIN_SECRET, true));
        assertThat(approvers("{'@odata.type':'#microsoft.graph.singleUser','userId':'" + ME + "'}")
                        .status())
                .isEqualTo(200);
    }

    /** Says who approves activations of membership. */
    private static GraphClient.Answer approvers(String who) {
        String policy = me.get("/policies/roleManagementPolicyAssignments?$filter=scopeId eq '" + GROUP
                        + "' and scopeType eq 'Group' and roleDefinitionId eq 'member'")
                .body()
                .at("/value/0/policyId")
                .asText();
        return me.patch(
                "/policies/roleManagementPolicies/" + policy + "/rules/Approval_EndUser_Assignment",
                "{'@odata.type':'#microsoft.graph.unifiedRoleManagementPolicyApprovalRule','setting':"
                        + "{'isApprovalRequired':true,'approvalStages':[{'primaryApprovers':[" + who + "]}]}}");
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static void user(SeedSink sink, String id, String name) {
        sink.object(
                "users", Json.object().put("id", id).put("displayName", name).put("userPrincipalName", name));
    }

    private static void waiting(SeedSink sink, String approval, String principal) {
        ObjectNode request = Json.object()
                .put("id", approval.replace("aaaaaaaa", "bbbbbbbb"))
                .put("action", "selfActivate")
                .put("accessId", "member")
                .put("groupId", GROUP)
                .put("principalId", principal)
                .put("approvalId", approval)
                .put("status", "PendingApproval");
        request.putObject("scheduleInfo")
                .put("startDateTime", "2026-01-01T00:00:00Z")
                .putObject("expiration")
                .put("type", "noExpiration");
        sink.object("groupAssignmentScheduleRequests", request);
        sink.object("groupAssignmentApprovals", Json.object().put("id", approval));
        String stage = approval + "/" + approval;
        sink.object(
                "groupApprovalStages",
                Json.object().put("id", stage).put("status", "InProgress").put("reviewResult", "NotReviewed"));
        sink.link("groupAssignmentApprovals", approval, "stages", stage);
    }

    private static String stage(String approval) {
        String stages = APPROVALS + "/" + approval + "/stages";
        return stages + "/" + me.get(stages).body().at("/value/0/id").asText().replaceAll(".*/", "");
    }

    private static String status(String approval) {
        return box.graph
                .get(REQUESTS + "/" + approval.replace("aaaaaaaa", "bbbbbbbb"))
                .body()
                .path("status")
                .asText();
    }

    private static List<String> mine(String on) {
        List<String> found = new ArrayList<>();
        JsonNode list =
                me.get(APPROVALS + "/filterByCurrentUser(on='" + on + "')").body();
        list.path("value").forEach(approval -> found.add(approval.path("id").asText()));
        return found;
    }

    @Test
    void anApprovedRequestTakesEffectAndADeniedOneDoesNot() {
        assertThat(mine("approver")).contains(FIRST, SECOND).doesNotContain(OWN);
        assertThat(me.patch(stage(FIRST), "{'reviewResult':'Approve','justification':'fine'}")
                        .status())
                .isEqualTo(204);
        assertThat(me.patch(stage(SECOND), "{'reviewResult':'Deny','justification':'no'}")
                        .status())
                .isEqualTo(204);

        assertThat(status(FIRST)).isEqualTo("Provisioned");
        assertThat(status(SECOND)).isEqualTo("Denied");
        assertThat(box.graph
                        .get("/identityGovernance/privilegedAccess/group/assignmentSchedules?$filter=groupId eq '"
                                + GROUP + "'")
                        .body()
                        .path("value")
                        .findValuesAsText("principalId"))
                .containsExactly(OTHER);
        assertThat(me.get(APPROVALS + "/" + FIRST)
                        .body()
                        .at("/stages/0/reviewedBy/id")
                        .asText())
                .isEqualTo(ME);
        assertThat(me.patch(stage(FIRST), "{'reviewResult':'Deny'}").status()).isEqualTo(400);
    }

    @Test
    void nobodyApprovesHisOwnRequestAndNoApplicationAny() {
        assertThat(mine("principal")).containsExactly(OWN);
        assertThat(me.patch(stage(OWN), "{'reviewResult':'Approve'}").status()).isEqualTo(403);
        assertThat(me.patch(stage(OWN), "{'reviewResult':'Maybe'}").status()).isEqualTo(400);
        assertThat(box.graph.patch(stage(OWN), "{'reviewResult':'Approve'}").status())
                .isEqualTo(403);
        assertThat(status(OWN)).isEqualTo("PendingApproval");
        assertThat(box.holding("User.Read.All").get(APPROVALS + "/" + OWN).status())
                .isEqualTo(403);
    }

    @Test
    void onlyThoseApproveWhomThePolicyNames() {
        assertThat(approvers("").code()).isEqualTo("InvalidPolicyRule");
        approvers("{'@odata.type':'#microsoft.graph.singleUser','userId':'" + OTHER + "'}");
        assertThat(mine("approver")).doesNotContain(THIRD);
        assertThat(me.patch(stage(THIRD), "{'reviewResult':'Approve'}").status())
                .isEqualTo(403);

        String team = box.group("approvers");
        box.graph.post(
                "/groups/" + team + "/members/$ref", "{'@odata.id':'https://x/v1.0/directoryObjects/" + ME + "'}");
        approvers("{'@odata.type':'#microsoft.graph.groupMembers','groupId':'" + team + "'}");
        assertThat(mine("approver")).contains(THIRD);
        assertThat(me.patch(stage(THIRD), "{'reviewResult':'Deny'}").status()).isEqualTo(204);
        approvers("{'@odata.type':'#microsoft.graph.singleUser','userId':'" + ME + "'}");
    }
}
