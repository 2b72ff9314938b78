package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInEvaluationTest {

    private static final String ANY_APP = "{'includeApplications':['All']}";

    private Box box;
    private String user;

    @BeforeEach
    void open() {
        box = Box.open();
        user = box.user("asking");
    }

    @AfterEach
    void close() {
        box.close();
    }

    private void policy(String users, String applications, String more) {
        var made = box.graph.post(
                "/identity/conditionalAccess/policies",
                "{'displayName':'p','state':'enabled','conditions':{'clientAppTypes':['all'],'users':" + users
                        + ",'applications':" + applications + more
                        + "},'grantControls':{'operator':'OR','builtInControls':['mfa']}}");
        assertThat(made.status()).as(made.message()).isEqualTo(201);
    }

    private JsonNode evaluate(String identity, String conditions) {
        var answer = box.graph.post(
                "/identity/conditionalAccess/evaluate",
                "{'signInIdentity':{'@odata.type':'#microsoft.graph.userSignIn','userId':'" + identity
                        + "'},'signInContext':{'@odata.type':'#microsoft.graph.applicationContext',"
                        + "'includeApplications':['67ad5377-2d78-4ac2-a867-6300cda00e85']},'signInConditions':"
                        + conditions + "}");
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        return answer.body().path("value");
    }

    private String reason(String conditions) {
        return evaluate(user, conditions).at("/0/analysisReasons").asText();
    }

    @Test
    void aPolicyForAllAppliesToEverybody() {
        policy("{'includeUsers':['All']}", ANY_APP, "");

        assertThat(evaluate(user, "{}").at("/0/policyApplies").asBoolean()).isTrue();
        assertThat(reason("{}")).isEqualTo("notSet");
    }

    @Test
    void membersOfAnExcludedGroupAreSpared() {
        String group = box.group("spared");
        policy("{'includeUsers':['All'],'excludeGroups':['" + group + "']}", ANY_APP, "");
        assertThat(reason("{}")).isEqualTo("notSet");

        box.graph.post(
                "/groups/" + group + "/members/$ref",
                "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + user + "'}");

        assertThat(reason("{}")).isEqualTo("users");
    }

    @Test
    void holdersOfARoleAreMeantByIt() {
        String role = "62e90394-69f5-4237-9190-012177145e10";
        policy("{'includeRoles':['" + role + "']}", ANY_APP, "");
        assertThat(reason("{}")).isEqualTo("users");

        box.graph.post(
                "/roleManagement/directory/roleAssignments",
                "{'principalId':'" + user + "','roleDefinitionId':'" + role + "','directoryScopeId':'/'}");

        assertThat(reason("{}")).isEqualTo("notSet");
    }

    @Test
    void placesPlatformsClientsAndRisksDecide() {
        String location = box.graph
                .post(
                        "/identity/conditionalAccess/namedLocations",
                        "{'@odata.type':'#microsoft.graph.ipNamedLocation','displayName':'office','isTrusted':true,"
                                + "'ipRanges':[{'@odata.type':'#microsoft.graph.iPv4CidrRange',"
                                + "'cidrAddress':'203.0.113.0/26'}]}")
                .body()
                .path("id")
                .asText();
        policy(
                "{'includeUsers':['All']}",
                ANY_APP,
                ",'locations':{'includeLocations':['All'],'excludeLocations':['" + location + "']},"
                        + "'platforms':{'includePlatforms':['iOS']},'signInRiskLevels':['high']");

        String risky = "'signInRiskLevel':'high','devicePlatform':'iOS'";
        assertThat(reason("{" + risky + ",'ipAddress':'203.0.113.70'}")).isEqualTo("notSet");
        assertThat(reason("{" + risky + ",'ipAddress':'203.0.113.60'}")).isEqualTo("location");
        assertThat(reason("{'signInRiskLevel':'high','devicePlatform':'android'}"))
                .isEqualTo("devicePlatform");
        assertThat(reason("{'signInRiskLevel':'low','devicePlatform':'iOS'}")).isEqualTo("signInRisk");
    }

    @Test
    void anotherApplicationAndADisabledPolicyDoNotApply() {
        policy("{'includeUsers':['All']}", "{'includeApplications':['Office365']}", "");
        assertThat(reason("{}")).isEqualTo("application");

        String id = box.graph
                .get("/identity/conditionalAccess/policies")
                .body()
                .at("/value/0/id")
                .asText();
        box.graph.patch("/identity/conditionalAccess/policies/" + id, "{'state':'disabled'}");
        assertThat(reason("{}")).isEqualTo("policyNotEnabled");
    }

    @Test
    void nobodyUnknownCanBeAskedAbout() {
        var answer = box.graph.post(
                "/identity/conditionalAccess/evaluate",
                "{'signInIdentity':{'userId':'00000000-0000-0000-0000-000000000001'},'signInContext':{}}");

        assertThat(answer.status()).isEqualTo(404);
    }
}
