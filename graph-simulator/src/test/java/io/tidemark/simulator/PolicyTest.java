package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.quota.QuotaMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private static final String POLICIES = "/identity/conditionalAccess/policies";
    private static final String LOCATIONS = "/identity/conditionalAccess/namedLocations";
    private static final String BIN = "/identity/conditionalAccess/deletedItems";

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static String policy(String state, String more) {
        return "{'displayName':'p','state':'" + state + "','conditions':{'users':{'includeUsers':['All']},"
                + "'applications':{'includeApplications':['All']}" + more + "},"
                + "'grantControls':{'operator':'OR','builtInControls':['mfa']}}";
    }

    private static String location(boolean trusted) {
        return "{'@odata.type':'#microsoft.graph.ipNamedLocation','displayName':'office','isTrusted':" + trusted
                + ",'ipRanges':[{'@odata.type':'#microsoft.graph.iPv4CidrRange','cidrAddress':'192.0.2.0/24'}]}";
    }

    @Test
    void aPolicyIsCreatedCompletedChangedDeletedAndRestoredAsItWas() {
        Answer created = box.graph.post(POLICIES, policy("enabled", ""));
        String id = created.body().path("id").asText();

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().at("/conditions/clientAppTypes/0").asText()).isEqualTo("all");
        assertThat(created.body().at("/conditions/users/excludeGroups").isArray())
                .isTrue();
        assertThat(box.graph.patch(POLICIES + "/" + id, "{'state':'disabled'}").status())
                .isEqualTo(204);
        assertThat(box.graph.delete(POLICIES + "/" + id).status()).isEqualTo(204);
        assertThat(box.graph.get(POLICIES + "/" + id).status()).isEqualTo(404);
        assertThat(box.graph.get(BIN + "/policies").body().path("value").findValuesAsText("id"))
                .contains(id);
        assertThat(box.graph
                        .call("POST", BIN + "/policies/" + id + "/restore", null)
                        .status())
                .isEqualTo(200);
        assertThat(box.graph.get(POLICIES + "/" + id).body().path("state").asText())
                .isEqualTo("disabled");
    }

    @Test
    void anUnknownPropertyIsError1007() {
        Answer answer = box.graph.post(
                POLICIES, policy("enabled", "").replace("'displayName':'p'", "'displayName':'p','betaOnly':true"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("BadRequest");
        assertThat(answer.message()).startsWith("1007: ");
    }

    @Test
    void aPolicyCannotNameWhatDoesNotExist() {
        String missing = "00000000-1111-4111-8111-000000000000";

        assertThat(box.graph
                        .post(POLICIES, policy("enabled", "").replace("['All']}", "['" + missing + "']}"))
                        .status())
                .isEqualTo(400);
        assertThat(box.graph
                        .post(POLICIES, policy("enabled", ",'locations':{'includeLocations':['" + missing + "']}"))
                        .message())
                .startsWith("1040");
    }

    @Test
    void securityDefaultsExcludeEnabledPolicies() {
        try (Box other = Box.open()) {
            other.graph.patch("/policies/identitySecurityDefaultsEnforcementPolicy", "{'isEnabled':true}");

            assertThat(other.graph.post(POLICIES, policy("enabled", "")).message())
                    .isEqualTo("Security Defaults is enabled in the tenant. You must disable Security defaults before"
                            + " enabling a Conditional Access policy.");
            assertThat(other.graph
                            .post(POLICIES, policy("enabledForReportingButNotEnforced", ""))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void aTrustedLocationIsNotDeletedAndAUsedOneNeither() {
        String trusted =
                box.graph.post(LOCATIONS, location(true)).body().path("id").asText();
        String used =
                box.graph.post(LOCATIONS, location(false)).body().path("id").asText();
        box.graph.post(POLICIES, policy("disabled", ",'locations':{'includeLocations':['" + used + "']}"));

        assertThat(box.graph.delete(LOCATIONS + "/" + trusted).status()).isEqualTo(400);
        assertThat(box.graph.delete(LOCATIONS + "/" + used).status()).isEqualTo(400);
        assertThat(box.graph
                        .patch(LOCATIONS + "/" + trusted, "{'isTrusted':false}")
                        .status())
                .isEqualTo(400);
        assertThat(box.graph
                        .patch(
                                LOCATIONS + "/" + trusted,
                                "{'@odata.type':'#microsoft.graph.ipNamedLocation','isTrusted':false}")
                        .status())
                .isEqualTo(204);
        assertThat(box.graph.delete(LOCATIONS + "/" + trusted).status()).isEqualTo(204);
    }

    @Test
    void aLocationNeedsItsTypeAndShowsIt() {
        assertThat(box.graph
                        .post(
                                LOCATIONS,
                                location(false).replace("'@odata.type':'#microsoft.graph.ipNamedLocation',", ""))
                        .status())
                .isEqualTo(400);
        Answer created = box.graph.post(LOCATIONS, location(false));
        assertThat(created.body().path("@odata.type").asText()).isEqualTo("#microsoft.graph.ipNamedLocation");
        assertThat(created.body().at("/ipRanges/0/cidrAddress").asText()).isEqualTo("192.0.2.0/24");
    }

    @Test
    void oneRequestPerSecondIsAnsweredWithoutRetryAfter() {
        try (Box real = Box.open(b -> b.quotas(QuotaMode.REAL))) {
            real.graph.get(POLICIES);
            Answer second = real.graph.get(LOCATIONS);

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.header("Retry-After")).isEmpty();
            assertThat(second.code()).isEqualTo("TooManyRequests");
        }
    }

    @Test
    void aRoleAssignmentIsMadeOnceAndNeverChanged() {
        String user = box.user("chief");
        String role = "62e90394-69f5-4237-9190-012177145e10";
        String path = "/roleManagement/directory/roleAssignments";
        String body = "{'principalId':'" + user + "','roleDefinitionId':'" + role + "','directoryScopeId':'/'}";

        Answer created = box.graph.post(path, body);
        String id = created.body().path("id").asText();

        assertThat(created.status()).isEqualTo(201);
        assertThat(box.graph.post(path, body).message())
                .isEqualTo("A conflicting object with one or more of the specified property values is present in the"
                        + " directory.");
        assertThat(box.graph.patch(path + "/" + id, "{'directoryScopeId':'/'}").status())
                .isEqualTo(405);
        assertThat(box.graph
                        .get(path + "?$filter=principalId eq '" + user + "'")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(id);
        assertThat(box.graph.patch("/users/" + user, "{'accountEnabled':false}").status())
                .isEqualTo(403);
        assertThat(box.graph.patch("/users/" + user, "{'jobTitle':'x'}").status())
                .isEqualTo(204);
        assertThat(box.graph.delete(path + "/" + id).status()).isEqualTo(204);
        assertThat(box.graph.patch("/users/" + user, "{'accountEnabled':false}").status())
                .isEqualTo(204);
    }
}
