package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnswerDetailsTest {

    private static final String PENDING = "77777777-0000-4000-8000-000000000001";
    private static final String DONE = "77777777-0000-4000-8000-000000000002";
    private static final String REQUESTS = "/roleManagement/directory/roleAssignmentScheduleRequests/";

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open(builder -> builder, sink -> {
            sink.object("roleAssignmentScheduleRequests", request(PENDING, "PendingApproval"));
            sink.object("roleAssignmentScheduleRequests", request(DONE, "Provisioned"));
        });
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static ObjectNode request(String id, String status) {
        return Json.object()
                .put("id", id)
                .put("status", status)
                .put("action", "selfActivate")
                .put("directoryScopeId", "/");
    }

    private static String made(Answer answer) {
        assertThat(answer.status()).as(answer.message()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    private static String application(String name) {
        return made(box.graph.post("/applications", "{'displayName':'" + name + "'}"));
    }

    @Test
    void aPendingRequestForARoleIsCancelledOnceAndADoneOneNever() {
        assertThat(box.graph.post(REQUESTS + PENDING + "/cancel", "{}").status())
                .isEqualTo(204);
        assertThat(box.graph.get(REQUESTS + PENDING).body().path("status").asText())
                .isEqualTo("Canceled");
        assertThat(box.graph.post(REQUESTS + PENDING + "/cancel", "{}").status())
                .isEqualTo(400);
        assertThat(box.graph.post(REQUESTS + DONE + "/cancel", "{}").status()).isEqualTo(400);
    }

    @Test
    void policiesOfApplicationsAreGivenAndTakenByReference() {
        String application = application("with policies");
        String policy =
                made(box.graph.post("/policies/tokenIssuancePolicies", "{'displayName':'signed','definition':['{}']}"));
        String address = "/applications/" + application + "/tokenIssuancePolicies";

        Answer given = box.graph.post(
                address + "/$ref",
                "{'@odata.id':'https://graph.microsoft.com/v1.0/policies/tokenIssuancePolicies/" + policy + "'}");

        assertThat(given.status()).as(given.message()).isEqualTo(204);
        assertThat(box.graph.get(address).body().at("/value/0/id").asText()).isEqualTo(policy);
        assertThat(box.graph
                        .get("/policies/tokenIssuancePolicies/" + policy + "/appliesTo")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(application);
        assertThat(box.graph.delete(address + "/" + policy + "/$ref").status()).isEqualTo(204);
        assertThat(box.graph.get(address).body().path("value")).isEmpty();
    }

    @Test
    void aFederatedCredentialIsMadeByItsNameIfItIsMissing() {
        String address = "/applications/" + application("federated") + "/federatedIdentityCredentials(name='pipeline')";
        String body = "{'issuer':'https://issuer.example','subject':'main','audiences':['api://AzureADTokenExchange']}";

        Answer refused = box.graph.patch(address, body);
        Answer made = box.graph.patch(address, body, "Prefer", "create-if-missing");
        Answer changed = box.graph.patch(address, "{'subject':'next'}", "Prefer", "create-if-missing");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(made.body().path("name").asText()).isEqualTo("pipeline");
        assertThat(changed.status()).as(changed.message()).isEqualTo(204);
        assertThat(box.graph.get(address).body().path("subject").asText()).isEqualTo("next");
    }

    @Test
    void aPropertyWithMembersIsAnsweredByItsMembers() {
        Answer answer = box.graph.get("/users/" + box.user("structured") + "/onPremisesExtensionAttributes");

        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        assertThat(answer.body().has("extensionAttribute15")).isTrue();
        assertThat(answer.body().has("value")).isFalse();
    }

    @Test
    void whatAUserOwnedIsFoundInTheBin() {
        String user = box.user("former.owner");
        String kept = box.group("kept");
        String lost = box.group("lost");
        for (String group : new String[] {kept, lost}) {
            box.graph.post(
                    "/groups/" + group + "/owners/$ref",
                    "{'@odata.id':'https://graph.microsoft.com/v1.0/users/" + user + "'}");
        }
        box.graph.delete("/groups/" + lost);

        Answer answer = box.graph.post(
                "/directory/deletedItems/getUserOwnedObjects", "{'userId':'" + user + "','type':'Group'}");

        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        assertThat(answer.body().path("value").findValuesAsText("id")).containsExactly(lost);
    }

    @Test
    void aCombinationIsFoundByItsFlags() {
        Answer answer = box.graph.get(
                "/policies/authenticationStrengthPolicies?$filter=allowedCombinations/any(x:x%20has%20'sms,%20password')");

        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        assertThat(answer.body().path("value"))
                .isNotEmpty()
                .allSatisfy(
                        policy -> assertThat(policy.path("allowedCombinations").toString())
                                .contains("\"password,sms\""));
    }
}
