package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A tenant with a user, a group and a role that can be had for a time, and ways to ask for them. */
abstract class PrivilegedAccessScene {

    static final String READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    static final String ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    static final String SECOND_FACTOR = "{\"access_token\":{\"amr\":{\"values\":[\"mfa\"]}}}";
    static final String FOUR_HOURS = "'scheduleInfo':{'expiration':{'type':'AfterDuration','duration':'PT4H'}}";
    static final String WHY = "'justification':'because',";

    /** What somebody gets. */
    enum Asked {
        ROLE("/roleManagement/directory/role"),
        GROUP("/identityGovernance/privilegedAccess/group/");

        final String place;

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

    Box box;
    String ann;
    String team;

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

    GraphClient as(String user, String claims) {
        return new GraphClient(
                box.simulator.graphUrl(),
                GraphClient.token(box.simulator, Box.ADMIN, Box.ADMIN_SECRET, user + "@" + Box.DOMAIN, claims));
    }

    GraphClient ann() {
        return as("ann", SECOND_FACTOR);
    }

    GraphClient admin() {
        return box.as(Box.ADMIN, Box.ADMIN_SECRET);
    }

    Answer ask(GraphClient client, Asked asked, boolean eligible, String action, String more) {
        String what = asked == Asked.ROLE
                ? "'roleDefinitionId':'" + READER + "','directoryScopeId':'/'"
                : "'groupId':'" + team + "','accessId':'member'";
        return client.post(
                asked.path(eligible, "Requests"),
                "{'action':'" + action + "','principalId':'" + ann + "'," + what + "," + more + "}");
    }

    void makeEligible(Asked asked) {
        Answer made = ask(
                admin(),
                asked,
                true,
                "adminAssign",
                WHY + "'scheduleInfo':{'expiration':{'type':'afterDuration','duration':'P30D'}}");
        assertThat(made.body().path("status").asText()).as(made.message()).isEqualTo("Provisioned");
    }

    Answer activate() {
        return ask(ann(), Asked.GROUP, false, "selfActivate", WHY + FOUR_HOURS);
    }

    Answer rule(Asked asked, String id, String kind, String more) {
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

    List<String> texts(String path, String member) {
        Answer answer = admin().get(path);
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        List<String> found = new ArrayList<>();
        answer.body().path("value").forEach(v -> found.add(v.path(member).asText()));
        return found;
    }

    static String status(Answer answer) {
        assertThat(answer.status()).as(answer.message()).isEqualTo(201);
        return answer.body().path("status").asText();
    }

    static void failed(Answer answer, String rules) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("RoleAssignmentRequestPolicyValidationFailed");
        assertThat(answer.message()).isEqualTo("The following policy rules failed: [" + rules + "]");
    }

    String of() {
        return "?$filter=principalId eq '" + ann + "'";
    }
}
