package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may ask for roles and places in groups, for longer, again, for others, and what waits. */
class PrivilegedAccessRequestTest extends PrivilegedAccessScene {

    @ParameterizedTest
    @EnumSource
    void whoWantsLongerAsksAndAnAdministratorDecides(Asked asked) {
        makeEligible(asked);
        String longer = WHY + "'scheduleInfo':{'expiration':{'type':'afterDuration','duration':'P60D'}}";
        failed(ask(as("ann", ""), asked, true, "selfExtend", longer), "\"MfaRule\"");
        Answer asking = ask(ann(), asked, true, "selfExtend", longer);
        String before = admin().get(asked.path(true, "Instances") + of())
                .body()
                .at("/value/0/endDateTime")
                .asText();

        assertThat(status(asking)).isEqualTo("PendingAdminDecision");
        assertThat(ask(ann(), asked, true, "selfExtend", longer).code()).isEqualTo("PendingRoleAssignmentRequest");
        assertThat(status(ask(admin(), asked, true, "adminExtend", longer))).isEqualTo("Provisioned");
        assertThat(admin().get(asked.path(true, "Instances") + of())
                        .body()
                        .at("/value/0/endDateTime")
                        .asText())
                .isGreaterThan(before);
        assertThat(admin().get(asked.path(true, "Requests") + "/"
                                + asking.body().path("id").asText())
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("Provisioned");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOverCanBeRenewedAndWhatNeverWasCannot(Asked asked) {
        String month = WHY + "'scheduleInfo':{'expiration':{'type':'afterDuration','duration':'P30D'}}";
        assertThat(ask(ann(), asked, true, "selfRenew", month).code()).isEqualTo("RoleAssignmentDoesNotExist");
        makeEligible(asked);
        assertThat(ask(ann(), asked, true, "selfRenew", month).code()).isEqualTo("RoleAssignmentExists");
        box.simulator.clock().advance(Duration.ofDays(31));

        assertThat(status(ask(ann(), asked, true, "selfRenew", month))).isEqualTo("PendingAdminDecision");
        assertThat(texts(asked.path(true, "s") + of(), "id")).isEmpty();
        assertThat(status(ask(admin(), asked, true, "adminRenew", month))).isEqualTo("Provisioned");
        assertThat(texts(asked.path(true, "Instances") + of(), "principalId")).containsExactly(ann);
    }

    @Test
    void onlyThoseAssignWhoManageTheRoleOrTheGroup() {
        String month = WHY + "'scheduleInfo':{'expiration':{'type':'afterDuration','duration':'P30D'}}";
        String bob = box.user("bob");
        GraphClient asBob = as("bob", SECOND_FACTOR);

        assertThat(ask(asBob, Asked.ROLE, true, "adminAssign", month).status()).isEqualTo(403);
        assertThat(ask(asBob, Asked.GROUP, true, "adminAssign", month).status()).isEqualTo(403);
        box.graph.post(
                "/groups/" + team + "/owners/$ref", "{'@odata.id':'https://x/v1.0/directoryObjects/" + bob + "'}");
        assertThat(status(ask(asBob, Asked.GROUP, true, "adminAssign", month))).isEqualTo("Provisioned");
        box.graph.post(
                "/roleManagement/directory/roleAssignments",
                "{'principalId':'" + bob + "','roleDefinitionId':'" + ADMINISTRATOR + "','directoryScopeId':'/'}");
        assertThat(status(ask(asBob, Asked.ROLE, true, "adminAssign", month))).isEqualTo("Provisioned");
    }

    @Test
    void aMemberOfAnEligibleGroupActivatesForHimself() {
        String crew = box.graph
                .post(
                        "/groups",
                        "{'displayName':'crew','mailEnabled':false,'securityEnabled':true,'mailNickname':'crew',"
                                + "'isAssignableToRole':true,'members@odata.bind':['https://x/v1.0/directoryObjects/"
                                + ann + "']}")
                .body()
                .path("id")
                .asText();
        admin().post(
                        Asked.ROLE.path(true, "Requests"),
                        "{'action':'adminAssign','principalId':'" + crew + "','roleDefinitionId':'" + READER
                                + "','directoryScopeId':'/'," + WHY
                                + "'scheduleInfo':{'expiration':{'type':'noExpiration'}}}");

        assertThat(status(ask(ann(), Asked.ROLE, false, "selfActivate", WHY + FOUR_HOURS)))
                .isEqualTo("Provisioned");
        assertThat(texts(Asked.ROLE.inForce(team), "id")).containsExactly(ann);
    }

    @Test
    void whoIsInTheGroupAlreadyNeedsNoAssignmentAndADynamicGroupTakesNone() {
        box.graph.post(
                "/groups/" + team + "/members/$ref", "{'@odata.id':'https://x/v1.0/directoryObjects/" + ann + "'}");
        assertThat(ask(admin(), Asked.GROUP, false, "adminAssign", WHY + FOUR_HOURS)
                        .code())
                .isEqualTo("RoleAssignmentExists");
        team = box.graph
                .post(
                        "/groups",
                        "{'displayName':'all','mailEnabled':false,'securityEnabled':true,'mailNickname':'all',"
                                + "'groupTypes':['DynamicMembership'],'membershipRule':'user.accountEnabled -eq true'}")
                .body()
                .path("id")
                .asText();
        assertThat(ask(admin(), Asked.GROUP, true, "adminAssign", WHY + FOUR_HOURS)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anActivationThatNeedsApprovalWaitsForIt() {
        String bob = box.user("bob");
        makeEligible(Asked.GROUP);
        rule(
                Asked.GROUP,
                "Approval_EndUser_Assignment",
                "Approval",
                "'setting':{'isApprovalRequired':true,'approvalStages':[{'primaryApprovers':"
                        + "[{'@odata.type':'#microsoft.graph.singleUser','userId':'" + bob + "'}]}]}");

        Answer waiting = activate();
        assertThat(status(waiting)).isEqualTo("PendingApproval");
        assertThat(activate().code()).isEqualTo("PendingRoleAssignmentRequest");
        assertThat(texts(Asked.GROUP.inForce(team), "id")).isEmpty();

        GraphClient asBob = as("bob", "");
        String approval = "/identityGovernance/privilegedAccess/group/assignmentApprovals/"
                + waiting.body().path("approvalId").asText();
        String stage = asBob.get(approval + "/stages").body().at("/value/0/id").asText();
        assertThat(ann().patch(approval + "/stages/" + stage, "{'reviewResult':'Approve'}")
                        .status())
                .isEqualTo(403);
        assertThat(asBob.patch(approval + "/stages/" + stage, "{'reviewResult':'Approve','justification':'fine'}")
                        .status())
                .isEqualTo(204);
        assertThat(texts(Asked.GROUP.inForce(team), "id")).containsExactly(ann);
    }
}
