package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roles seen from their several sides, and given for a time. */
class RoleFacesTest {

    private static final String ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    private static final String READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    private static final String HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
    private static final String ELIGIBILITY = "/roleManagement/directory/roleEligibilityScheduleRequests";
    private static final String ACTIVE = "/roleManagement/directory/roleAssignmentScheduleRequests";

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open(b -> b, sink -> {
            for (String id : List.of(READER, HELPDESK)) {
                sink.object(
                        "roleDefinitions",
                        Json.object()
                                .put("id", id)
                                .put("templateId", id)
                                .put("displayName", id.equals(READER) ? "Global Reader" : "Helpdesk Administrator")
                                .put("isBuiltIn", true)
                                .put("isEnabled", true));
            }
        });
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static List<String> texts(String path, String member) {
        List<String> found = new ArrayList<>();
        Answer answer = box.graph.get(path);
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        answer.body().path("value").forEach(v -> found.add(v.path(member).asText()));
        return found;
    }

    private static String assignments(String principal) {
        return "/roleManagement/directory/roleAssignments?$filter=principalId eq '" + principal + "'";
    }

    private static Answer ask(String path, String action, String principal, String role, String more) {
        return box.graph.post(
                path,
                "{'action':'" + action + "','principalId':'" + principal + "','roleDefinitionId':'" + role
                        + "','directoryScopeId':'/','justification':'because'" + more + "}");
    }

    @Test
    void anAssignmentIsAMemberOfTheRoleAndAMemberIsAnAssignment() {
        String first = box.user("assigned");
        String second = box.user("added");
        box.graph.post(
                "/roleManagement/directory/roleAssignments",
                "{'principalId':'" + first + "','roleDefinitionId':'" + READER + "','directoryScopeId':'/'}");
        String members = "/directoryRoles(roleTemplateId='" + READER + "')/members";

        assertThat(texts(members, "id")).contains(first);
        assertThat(texts("/users/" + first + "/memberOf/microsoft.graph.directoryRole", "roleTemplateId"))
                .containsExactly(READER);

        assertThat(box.graph
                        .post(members + "/$ref", "{'@odata.id':'x/directoryObjects/" + second + "'}")
                        .status())
                .isEqualTo(204);
        assertThat(texts(assignments(second), "roleDefinitionId")).containsExactly(READER);
        assertThat(texts(
                        "/roleManagement/directory/roleAssignmentScheduleInstances?$filter=principalId eq '" + second
                                + "'",
                        "assignmentType"))
                .containsExactly("Assigned");

        String row = texts(assignments(second), "id").get(0);
        box.graph.delete("/roleManagement/directory/roleAssignments/" + row);
        assertThat(texts(members, "id")).contains(first).doesNotContain(second);
        assertThat(box.graph.delete(members + "/" + first + "/$ref").status()).isEqualTo(204);
        assertThat(texts(assignments(first), "id")).isEmpty();
        assertThat(texts("/roleManagement/directory/roleAssignmentSchedules", "principalId"))
                .doesNotContain(first, second);
    }

    @Test
    void aScopedMemberOfAUnitIsAnAssignmentOverIt() {
        String user = box.user("scoped");
        String role = box.graph
                .post("/directoryRoles", "{'roleTemplateId':'" + HELPDESK + "'}")
                .body()
                .path("id")
                .asText();
        String unit = box.graph
                .post("/directory/administrativeUnits", "{'displayName':'north'}")
                .body()
                .path("id")
                .asText();

        Answer made = box.graph.post(
                "/directory/administrativeUnits/" + unit + "/scopedRoleMembers",
                "{'roleId':'" + role + "','roleMemberInfo':{'id':'" + user + "'}}");

        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(made.body().path("administrativeUnitId").asText()).isEqualTo(unit);
        assertThat(texts(assignments(user), "directoryScopeId")).containsExactly("/administrativeUnits/" + unit);
        assertThat(texts("/directoryRoles/" + role + "/scopedMembers", "id"))
                .containsExactly(made.body().path("id").asText());
        assertThat(texts("/directoryRoles/" + role + "/members", "id")).isEmpty();

        String row = texts(assignments(user), "id").get(0);
        box.graph.delete("/roleManagement/directory/roleAssignments/" + row);
        assertThat(texts("/directory/administrativeUnits/" + unit + "/scopedRoleMembers", "id"))
                .isEmpty();
    }

    @Test
    void eligibilityIsAskedForOnceAndCanBeTakenBack() {
        String user = box.user("eligible");
        Answer made = ask(ELIGIBILITY, "adminAssign", user, READER, "");

        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(made.body().path("status").asText()).isEqualTo("Provisioned");
        String filter = "?$filter=principalId eq '" + user + "'";
        assertThat(texts("/roleManagement/directory/roleEligibilitySchedules" + filter, "id"))
                .containsExactly(made.body().path("targetScheduleId").asText());
        assertThat(texts("/roleManagement/directory/roleEligibilityScheduleInstances" + filter, "memberType"))
                .containsExactly("Direct");
        assertThat(texts(assignments(user), "id")).isEmpty();
        assertThat(ask(ELIGIBILITY, "adminAssign", user, READER, "").code()).isEqualTo("RoleAssignmentExists");

        assertThat(ask(ELIGIBILITY, "adminRemove", user, READER, "")
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("Revoked");
        assertThat(texts("/roleManagement/directory/roleEligibilitySchedules" + filter, "id"))
                .isEmpty();
        assertThat(ask(ELIGIBILITY, "adminRemove", user, READER, "").code()).isEqualTo("RoleAssignmentDoesNotExist");
        assertThat(texts("/auditLogs/directoryAudits", "activityDisplayName"))
                .contains(
                        "Add eligible member to role in PIM completed (permanent)",
                        "Add eligible member to role",
                        "Remove eligible member from role");
    }

    @Test
    void anActiveAssignmentEndsWhenItsTimeIsOver() {
        try (Box own = Box.open()) {
            String user = own.user("temporary");
            Answer made = own.graph.post(
                    ACTIVE,
                    "{'action':'adminAssign','principalId':'" + user + "','roleDefinitionId':'" + ADMINISTRATOR
                            + "','directoryScopeId':'/','justification':'because','scheduleInfo':{'expiration':"
                            + "{'type':'afterDuration','duration':'PT4H'}}}");
            Answer held = own.graph.get(assignments(user));
            own.simulator.clock().advance(Duration.ofHours(5));
            GraphClient later = own.as(Box.ADMIN, Box.ADMIN_SECRET);

            assertThat(made.status()).as(made.message()).isEqualTo(201);
            assertThat(held.body().at("/value/0/roleDefinitionId").asText()).isEqualTo(ADMINISTRATOR);
            assertThat(later.get(assignments(user)).body().path("value")).isEmpty();
            assertThat(later.get("/roleManagement/directory/roleAssignmentSchedules?$filter=principalId eq '" + user
                                    + "'")
                            .body()
                            .path("value"))
                    .isEmpty();
        }
    }

    @Test
    void whatThePolicyForbidsIsRefusedWithTheNamesOfItsRules() {
        String user = box.user("unjustified");
        Answer bare = box.graph.post(
                ACTIVE,
                "{'action':'adminAssign','principalId':'" + user + "','roleDefinitionId':'" + READER
                        + "','directoryScopeId':'/'}");
        Answer brief = ask(
                ACTIVE,
                "adminAssign",
                user,
                READER,
                ",'scheduleInfo':{'expiration':{'type':'afterDuration','duration':'PT1M'}}");
        Answer nobody = ask(ACTIVE, "adminAssign", "99999999-0000-4000-8000-000000000009", READER, "");
        Answer nothing = ask(ACTIVE, "adminAssign", user, "99999999-0000-4000-8000-000000000009", "");

        assertThat(bare.code()).isEqualTo("RoleAssignmentRequestPolicyValidationFailed");
        assertThat(bare.message()).isEqualTo("The following policy rules failed: [\"JustificationRule\"]");
        assertThat(brief.code()).isEqualTo("ActiveDurationTooShort");
        assertThat(nobody.status()).isEqualTo(404);
        assertThat(nobody.code()).isEqualTo("SubjectNotFound");
        assertThat(nothing.code()).isEqualTo("RoleNotFound");
    }

    @Test
    void everyRoleHasAPolicyWithSeventeenRulesThatOnlyUsersChange() {
        String filter =
                "?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '" + READER + "'";
        String policy = texts("/policies/roleManagementPolicyAssignments" + filter, "policyId")
                .get(0);

        List<String> rules = texts("/policies/roleManagementPolicies/" + policy + "/rules", "id");
        assertThat(rules).hasSize(17).contains("Expiration_Admin_Eligibility");
        JsonNode rule = box.graph
                .get("/policies/roleManagementPolicies/" + policy + "/rules/Expiration_Admin_Eligibility")
                .body();
        assertThat(rule.path("maximumDuration").asText()).isEqualTo("P365D");
        assertThat(box.graph.get("/policies/roleManagementPolicies").status()).isEqualTo(400);
        assertThat(box.graph
                        .patch(
                                "/policies/roleManagementPolicies/" + policy + "/rules/Expiration_Admin_Eligibility",
                                "{'isExpirationRequired':true}")
                        .status())
                .isEqualTo(403);
    }
}
