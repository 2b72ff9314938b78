package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.tenant.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Roles and places in groups that people have for a time: who may ask, what the policy says, what comes and goes. */
class PrivilegedAccessTest {

    private static final String READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    private static final String ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    private static final String SECOND_FACTOR = "{\"access_token\":{\"amr\":{\"values\":[\"mfa\"]}}}";
    private static final String FOUR_HOURS = "'scheduleInfo':{'expiration':{'type':'AfterDuration','duration':'PT4H'}}";
    private static final String WHY = "'justification':'because',";

    /** What somebody gets. */
    enum Asked {
        ROLE("/roleManagement/directory/role"),
        GROUP("/identityGovernance/privilegedAccess/group/");

        private final String place;

        Asked(String place) {
            this.place = place;
        }

        String path(boolean eligible, String what) {
            String name = (eligible ? "eligibility" : "assignment") + "Schedule" + what;
            return place + (this == ROLE ? Character.toUpperCase(name.charAt(0)) + name.substring(1) : name);
        }

        /** Where one sees whether it is in force. */
        String inForce(String team) {
            return this == ROLE
                    ? "/directoryRoles(roleTemplateId='" + READER + "')/members"
                    : "/groups/" + team + "/members";
        }
    }

    private Box box;
    private String ann;
    private String team;

    @BeforeEach
    void open() {
        box = Box.open(
                b -> b,
                sink -> sink.object(
                        "roleDefinitions",
                        Json.object()
                                .put("id", READER)
                                .put("templateId", READER)
                                .put("displayName", "Global Reader")
                                .put("isBuiltIn", true)
                                .put("isEnabled", true)));
        ann = box.user("ann");
        team = box.group("team");
    }

    @AfterEach
    void close() {
        box.close();
    }

    private GraphClient as(String user, String claims) {
        return new GraphClient(
                box.simulator.graphUrl(),
                GraphClient.token(box.simulator, Box.ADMIN, Box.ADMIN_SECRET, user + "@" + Box.DOMAIN, claims));
    }

    private GraphClient ann() {
        return as("ann", SECOND_FACTOR);
    }

    private GraphClient admin() {
        return box.as(Box.ADMIN, Box.ADMIN_SECRET);
    }

    private Answer ask(GraphClient client, Asked asked, boolean eligible, String action, String more) {
        String what = asked == Asked.ROLE
                ? "'roleDefinitionId':'" + READER + "','directoryScopeId':'/'"
                : "'groupId':'" + team + "','accessId':'member'";
        return client.post(
                asked.path(eligible, "Requests"),
                "{'action':'" + action + "','principalId':'" + ann + "'," + what + "," + more + "}");
    }

    private void makeEligible(Asked asked) {
        Answer made = ask(
                admin(),
                asked,
                true,
                "adminAssign",
                WHY + "'scheduleInfo':{'expiration':{'type':'afterDuration','duration':'P30D'}}");
        assertThat(made.body().path("status").asText()).as(made.message()).isEqualTo("Provisioned");
    }

    private Answer activate() {
        return ask(ann(), Asked.GROUP, false, "selfActivate", WHY + FOUR_HOURS);
    }

    private Answer rule(Asked asked, String id, String kind, String more) {
        String scope = asked == Asked.ROLE ? "/" : team;
        String role = asked == Asked.ROLE ? READER : "member";
        String type = asked == Asked.ROLE ? "DirectoryRole" : "Group";
        String policy = admin().get("/policies/roleManagementPolicyAssignments?$filter=scopeId eq '" + scope
                        + "' and scopeType eq '" + type + "' and roleDefinitionId eq '" + role + "'")
                .body()
                .at("/value/0/policyId")
                .asText();
        return ann().patch(
                        "/policies/roleManagementPolicies/" + policy + "/rules/" + id,
                        "{'@odata.type':'#microsoft.graph.unifiedRoleManagementPolicy" + kind + "Rule'," + more + "}");
    }

    private List<String> texts(String path, String member) {
        Answer answer = admin().get(path);
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        List<String> found = new ArrayList<>();
        answer.body().path("value").forEach(v -> found.add(v.path(member).asText()));
        return found;
    }

    private static String status(Answer answer) {
        assertThat(answer.status()).as(answer.message()).isEqualTo(201);
        return answer.body().path("status").asText();
    }

    private static void failed(Answer answer, String rules) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("RoleAssignmentRequestPolicyValidationFailed");
        assertThat(answer.message()).isEqualTo("The following policy rules failed: [" + rules + "]");
    }

    @ParameterizedTest
    @EnumSource
    void whoIsEligibleActivatesForATimeAndDeactivates(Asked asked) {
        makeEligible(asked);
        assertThat(texts(asked.path(true, "Instances") + of(), "principalId")).containsExactly(ann);

        Answer activated = ask(ann(), asked, false, "selfActivate", WHY + FOUR_HOURS);

        assertThat(status(activated)).isEqualTo("Provisioned");
        assertThat(activated.body().at("/createdBy/user/id").asText()).isEqualTo(ann);
        String schedule = activated.body().path("targetScheduleId").asText();
        assertThat(schedule).endsWith(activated.body().path("id").asText());
        assertThat(texts(asked.path(false, "s") + of(), "id")).containsExactly(schedule);
        assertThat(texts(asked.path(false, "Instances") + of(), "assignmentType"))
                .singleElement()
                .isEqualTo(asked == Asked.ROLE ? "Activated" : "activated");
        JsonNode used = admin().get(asked.path(false, "s") + "/" + schedule + "?$expand=activatedUsing")
                .body()
                .path("activatedUsing");
        assertThat(used.path("id").asText())
                .isEqualTo(texts(asked.path(true, "s") + of(), "id").get(0));
        assertThat(texts(asked.inForce(team), "id")).containsExactly(ann);
        assertThat(ask(ann(), asked, false, "selfActivate", WHY + FOUR_HOURS).code())
                .isEqualTo("RoleAssignmentExists");

        assertThat(ask(ann(), asked, false, "selfDeactivate", WHY + FOUR_HOURS).code())
                .isEqualTo("ActiveDurationTooShort");
        box.simulator.clock().advance(Duration.ofMinutes(6));
        assertThat(status(ask(ann(), asked, false, "selfDeactivate", WHY + FOUR_HOURS)))
                .isEqualTo("Revoked");

        assertThat(texts(asked.path(false, "s") + of(), "id")).isEmpty();
        assertThat(texts(asked.inForce(team), "id")).isEmpty();
        assertThat(texts(asked.path(true, "s") + of(), "id")).hasSize(1);
    }

    private String of() {
        return "?$filter=principalId eq '" + ann + "'";
    }

    @ParameterizedTest
    @EnumSource
    void anActivationEndsByItself(Asked asked) {
        makeEligible(asked);
        ask(ann(), asked, false, "selfActivate", WHY + FOUR_HOURS);
        box.simulator.clock().advance(Duration.ofHours(5));

        assertThat(texts(asked.inForce(team), "id")).isEmpty();
        assertThat(texts(asked.path(false, "Instances") + of(), "id")).isEmpty();
        assertThat(status(ask(ann(), asked, false, "selfActivate", WHY + FOUR_HOURS)))
                .isEqualTo("Provisioned");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyActivatesForAnotherNorWithoutEligibility(Asked asked) {
        box.user("bob");
        failed(ask(ann(), asked, false, "selfActivate", WHY + FOUR_HOURS), "\"EligibilityRule\"");
        makeEligible(asked);

        Answer other = ask(as("bob", SECOND_FACTOR), asked, false, "selfActivate", WHY + FOUR_HOURS);
        Answer application = ask(admin(), asked, false, "selfActivate", WHY + FOUR_HOURS);

        assertThat(other.status()).isEqualTo(403);
        assertThat(other.message()).isEqualTo("Attempted to perform an unauthorized operation.");
        assertThat(application.status()).isEqualTo(403);
        assertThat(ask(ann(), asked, true, "selfActivate", WHY + FOUR_HOURS).code())
                .isEqualTo("InvalidRoleAssignmentRequest");
    }

    @Test
    void whatThePolicyOfARoleWantsIsNamed() {
        makeEligible(Asked.ROLE);
        String day = "'scheduleInfo':{'expiration':{'type':'afterDuration','duration':'PT24H'}}";

        failed(ask(ann(), Asked.ROLE, false, "selfActivate", WHY + day), "\"ExpirationRule\"");
        failed(ask(ann(), Asked.ROLE, false, "selfActivate", FOUR_HOURS), "\"JustificationRule\"");
        failed(ask(as("ann", ""), Asked.ROLE, false, "selfActivate", WHY + FOUR_HOURS), "\"MfaRule\"");
        rule(Asked.ROLE, "Enablement_EndUser_Assignment", "Enablement", "'enabledRules':['Ticketing']");
        failed(ask(ann(), Asked.ROLE, false, "selfActivate", FOUR_HOURS), "\"TicketingRule\"");
        assertThat(status(ask(
                        as("ann", ""),
                        Asked.ROLE,
                        false,
                        "selfActivate",
                        "'ticketInfo':{'ticketNumber':'7'}," + FOUR_HOURS)))
                .isEqualTo("Provisioned");
    }

    @Test
    void assignmentsToGroupsEndUnlessThePolicySaysOtherwise() {
        String forever = WHY + "'scheduleInfo':{'expiration':{'type':'noExpiration'}}";
        failed(ask(admin(), Asked.GROUP, true, "adminAssign", forever), "\"ExpirationRule\"");

        assertThat(rule(
                                Asked.GROUP,
                                "Expiration_Admin_Eligibility",
                                "Expiration",
                                "'isExpirationRequired':false,'maximumDuration':'P365D'")
                        .status())
                .isEqualTo(200);
        assertThat(status(ask(admin(), Asked.GROUP, true, "adminAssign", forever)))
                .isEqualTo("Provisioned");
        assertThat(status(ask(as("ann", ""), Asked.GROUP, false, "selfActivate", WHY + FOUR_HOURS)))
                .isEqualTo("Provisioned");
    }

    @Test
    void anAuthenticationContextIsAskedForAndProved() {
        makeEligible(Asked.ROLE);
        rule(
                Asked.ROLE,
                "AuthenticationContext_EndUser_Assignment",
                "AuthenticationContext",
                "'isEnabled':true,'claimValue':'c1'");

        Answer without = ask(ann(), Asked.ROLE, false, "selfActivate", WHY + FOUR_HOURS);
        String both =
                "{\"access_token\":{\"amr\":{\"values\":[\"mfa\"]},\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

        assertThat(without.status()).isEqualTo(400);
        assertThat(without.code()).isEqualTo("RoleAssignmentRequestAcrsValidationFailed");
        assertThat(without.message()).startsWith("&claims=").contains("c1");
        assertThat(status(ask(as("ann", both), Asked.ROLE, false, "selfActivate", WHY + FOUR_HOURS)))
                .isEqualTo("Provisioned");
    }

    @Test
    void aRequestForLaterIsGrantedAndComesIntoForceThen() {
        String later = "'scheduleInfo':{'startDateTime':'"
                + box.simulator.clock().instant().plus(Duration.ofDays(1))
                + "','expiration':{'type':'afterDuration','duration':'PT8H'}}";
        Answer made = ask(admin(), Asked.GROUP, false, "adminAssign", WHY + later);
        String request = Asked.GROUP.path(false, "Requests") + "/"
                + made.body().path("id").asText();

        assertThat(status(made)).isEqualTo("Granted");
        assertThat(texts(Asked.GROUP.path(false, "s") + of(), "id")).hasSize(1);
        assertThat(texts(Asked.GROUP.path(false, "Instances") + of(), "id")).isEmpty();
        box.simulator.clock().advance(Duration.ofHours(25));
        assertThat(texts(Asked.GROUP.inForce(team), "id")).containsExactly(ann);
        assertThat(admin().get(request).body().path("status").asText()).isEqualTo("Provisioned");
        assertThat(admin().post(request + "/cancel", "{}").code()).isEqualTo("RequestCannotBeCancelled");
    }

    @Test
    void aCancelledRequestLeavesNothing() {
        String later = "'scheduleInfo':{'startDateTime':'"
                + box.simulator.clock().instant().plus(Duration.ofDays(1))
                + "','expiration':{'type':'afterDuration','duration':'PT8H'}}";
        Answer made = ask(admin(), Asked.GROUP, false, "adminAssign", WHY + later);
        String request = Asked.GROUP.path(false, "Requests") + "/"
                + made.body().path("id").asText();

        assertThat(admin().post(request + "/cancel", "{}").status()).isEqualTo(204);
        assertThat(texts(Asked.GROUP.path(false, "s") + of(), "id")).isEmpty();
        box.simulator.clock().advance(Duration.ofHours(25));
        assertThat(texts(Asked.GROUP.inForce(team), "id")).isEmpty();
        assertThat(admin().get(request).body().path("status").asText()).isEqualTo("Canceled");
    }

    @Test
    void aRehearsalGivesNothing() {
        makeEligible(Asked.GROUP);
        Answer made = ask(ann(), Asked.GROUP, false, "selfActivate", "'isValidationOnly':true," + WHY + FOUR_HOURS);

        assertThat(status(made)).isEqualTo("Granted");
        assertThat(texts(Asked.GROUP.inForce(team), "id")).isEmpty();
        assertThat(status(activate())).isEqualTo("Provisioned");
    }

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
