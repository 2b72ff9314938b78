package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.ClientRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Provisioning jobs, remote desktop settings and what else hangs on service principals. */
class ProvisioningTest {

    private static final String CLIENT = "55555555-eeee-4eee-8eee-555555555555";

    private static Box box;
    private static GraphClient graph;
    private static int number;
    private String principal;

    @BeforeAll
    static void open() {
        box = Box.open(
                b -> b,
                sink -> sink.object(
                        "users",
                        Json.object()
                                .put("id", "5e5e5e5e-0000-4000-8000-00000000000e")
                                .put("displayName", "Operator")
                                .put("userPrincipalName", "me@fabrikam.com")));
        Set<String> may = new TreeSet<>(Box.EVERYTHING);
        may.addAll(Set.of(
                "Synchronization.ReadWrite.All",
                "SynchronizationData-User.Upload",
                "Application-RemoteDesktopConfig.ReadWrite.All"));
        box.simulator.tenant().register(ClientRegistration.withSecret(CLIENT, "provisioner", "s3cret", may));
        graph = box.as(CLIENT, "s3cret");
    }

    @AfterAll
    static void close() {
        box.close();
    }

    @BeforeEach
    void makePrincipal() {
        JsonNode app = graph.post("/applications", "{'displayName':'app " + number++ + "'}")
                .body();
        principal = "/servicePrincipals/"
                + graph.post(
                                "/servicePrincipals",
                                "{'appId':'" + app.path("appId").asText() + "'}")
                        .body()
                        .path("id")
                        .asText();
    }

    private String job() {
        Answer made = graph.post(principal + "/synchronization/jobs", "{'templateId':'customappsso'}");
        assertThat(made.status()).as(made.message()).isEqualTo(200);
        assertThat(made.body().at("/status/code").asText()).isEqualTo("NotConfigured");
        return principal + "/synchronization/jobs/" + made.body().path("id").asText();
    }

    private static int post(String path, String body) {
        return graph.call("POST", path, body).status();
    }

    private static List<String> activities() {
        List<String> found = new ArrayList<>();
        graph.get("/auditLogs/directoryAudits?$filter=category eq 'ProvisioningManagement'")
                .body()
                .path("value")
                .forEach(e -> found.add(e.path("activityDisplayName").asText()));
        return found;
    }

    @Test
    void aJobIsMadeStartedPausedRestartedAndDeleted() {
        String job = job();

        assertThat(post(job + "/start", null)).isEqualTo(204);
        assertThat(graph.get(job).body().at("/status/code").asText()).isEqualTo("Active");
        assertThat(graph.get(job).body().at("/schedule/state").asText()).isEqualTo("Active");
        assertThat(post(job + "/pause", null)).isEqualTo(204);
        assertThat(graph.get(job).body().at("/status/code").asText()).isEqualTo("Paused");
        assertThat(post(job + "/restart", "{}")).isEqualTo(400);
        assertThat(post(job + "/restart", "{'criteria':{'resetScope':'Full'}}")).isEqualTo(204);
        assertThat(graph.get(principal + "/synchronization/jobs").body().path("value"))
                .hasSize(1);
        assertThat(graph.delete(job).status()).isEqualTo(204);
        assertThat(graph.get(job).status()).isEqualTo(404);
        assertThat(activities())
                .contains(
                        "Add provisioning configuration",
                        "Enable/start provisioning configuration",
                        "Disable/pause provisioning configuration",
                        "Enable/restart provisioning configuration",
                        "Delete provisioning configuration");
        assertThat(box.holding("User.Read.All")
                        .get(principal + "/synchronization/jobs")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aJobHasASchemaThatIsReplacedAsAWhole() {
        String schema = job() + "/schema";
        JsonNode first = graph.get(schema).body();

        assertThat(first.at("/synchronizationRules/0/objectMappings/0/attributeMappings/0/targetAttributeName")
                        .asText())
                .isEqualTo("userName");
        assertThat(graph.put(schema, "{'directories':[{'name':'Box','objects':[]}],'synchronizationRules':[]}")
                        .status())
                .isEqualTo(204);
        assertThat(graph.get(schema).body().at("/directories/0/name").asText()).isEqualTo("Box");
        assertThat(graph.put(schema, "{'unknown':1}").status()).isEqualTo(400);
        assertThat(graph.get(schema + "/filterOperators").body().path("value").findValuesAsText("name"))
                .contains("EQUALS", "REGEX MATCH");
        assertThat(graph.get(schema + "/functions").body().path("value").findValuesAsText("name"))
                .contains("Replace", "Append");
    }

    @Test
    void anExpressionIsReadAndTried() {
        String parse = job() + "/schema/parseExpression";
        String sample = "'testInputObject':{'properties':[{'key':'preferredLanguage','value':'en-US'}]}}";

        JsonNode good = graph.post(
                        parse,
                        "{'expression':'Append(ToUpper([preferredLanguage]), \\'!\\')',".replace("\\'", "\\\"")
                                + sample)
                .body();
        JsonNode bad = graph.post(parse, "{'expression':'Nonsense('," + sample).body();

        assertThat(good.at("/evaluationResult/0").asText()).isEqualTo("EN-US!");
        assertThat(good.at("/parsedExpression/parameters/0/value/name").asText())
                .isEqualTo("ToUpper");
        assertThat(bad.path("parsingSucceeded").asBoolean()).isFalse();
    }

    @Test
    void anObjectIsProvisionedOnDemandOnlyIfSomethingChanged() {
        String job = job();
        String user = box.user("provisioned" + number++);
        String body =
                "{'parameters':[{'ruleId':'users','subjects':[{'objectId':'" + user + "','objectTypeName':'User'}]}]}";

        Answer first = graph.post(job + "/provisionOnDemand", body);
        Answer again = graph.post(job + "/provisionOnDemand", body);
        graph.patch("/users/" + user, "{'userPrincipalName':'renamed" + number++ + "@example.com'}");
        Answer changed = graph.post(job + "/provisionOnDemand", body);

        assertThat(first.body().path("value").asText()).contains("\"action\":\"Create\"", "userName");
        assertThat(again.body().path("key").asText()).contains("RedundantExport");
        assertThat(changed.body().path("value").asText()).contains("\"action\":\"Update\"", "renamed");
        assertThat(graph.post(job + "/provisionOnDemand", body.replace("'users'", "'none'"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void credentialsAreSavedByNameAndNeverTold() {
        String job = job();
        String validate = job + "/validateCredentials";

        assertThat(post(validate, "{'useSavedCredentials':true}")).isEqualTo(400);
        assertThat(graph.put(principal + "/synchronization/secrets", "{'value':[{'key':'SecretToken','value':'hush'}]}")
                        .status())
                .isEqualTo(204);
        assertThat(post(validate, "{'useSavedCredentials':true}")).isEqualTo(204);
        assertThat(graph.get(principal).response().body()).doesNotContain("SecretToken", "hush");
        assertThat(graph.get("/auditLogs/directoryAudits").response().body()).doesNotContain("hush");
        assertThat(graph.put(principal + "/synchronization/secrets", "{}").status())
                .isEqualTo(400);
    }

    @Test
    void remoteDesktopSettingsNameTenGroupsOfDevicesAtMost() {
        String settings = principal + "/remoteDesktopSecurityConfiguration";
        String groups = settings + "/targetDeviceGroups";
        String group = box.group("devices" + number++);

        assertThat(graph.get(settings).status()).isEqualTo(404);
        assertThat(post(settings, "{'isRemoteDesktopProtocolEnabled':true}")).isEqualTo(201);
        assertThat(post(settings, "{'isRemoteDesktopProtocolEnabled':true}")).isEqualTo(400);
        assertThat(graph.patch(settings, "{'isRemoteDesktopProtocolEnabled':false}")
                        .status())
                .isEqualTo(200);
        assertThat(graph.get(settings)
                        .body()
                        .path("isRemoteDesktopProtocolEnabled")
                        .asBoolean())
                .isFalse();
        assertThat(post(groups, "{'id':'00000000-1111-4111-8111-000000000000'}"))
                .isEqualTo(404);
        assertThat(post(groups, "{'id':'" + group + "'}")).isEqualTo(201);
        assertThat(graph.get(groups + "/" + group).body().path("displayName").asText())
                .startsWith("devices");
        assertThat(graph.patch(groups + "/" + group, "{'displayName':'shown'}").status())
                .isEqualTo(200);
        assertThat(graph.delete(groups + "/" + group + "/$ref").status()).isEqualTo(204);
        assertThat(graph.get(groups).body().path("value")).isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(post(groups, "{'id':'" + box.group("more" + number++) + "'}"))
                    .isEqualTo(201);
        }
        assertThat(post(groups, "{'id':'" + group + "'}")).isEqualTo(400);
        assertThat(graph.delete(settings).status()).isEqualTo(204);
        assertThat(graph.get(settings).status()).isEqualTo(404);
    }

    @Test
    void whatAnApplicationMadeIsAmongItsCreatedObjects() {
        JsonNode app = graph.post("/applications", "{'displayName':'maker'}").body();
        String appId = app.path("appId").asText();
        String maker = graph.post("/servicePrincipals", "{'appId':'" + appId + "'}")
                .body()
                .path("id")
                .asText();
        box.simulator
                .tenant()
                .register(ClientRegistration.withSecret(appId, "maker", "s3cret", Set.of("Application.ReadWrite.All")));
        String made = box.as(appId, "s3cret")
                .post("/applications", "{'displayName':'made'}")
                .body()
                .path("id")
                .asText();

        assertThat(graph.get("/servicePrincipals/" + maker + "/createdObjects")
                        .body()
                        .path("value")
                        .findValuesAsText("id"))
                .containsExactly(made);
    }

    @Test
    void aPasswordResetLeavesAnOperationThatCanBeAskedFor() {
        String user = box.user("reset" + number++);
        // Only a signed-in administrator may.
        GraphClient operator = new GraphClient(
                box.simulator.graphUrl(),
                GraphClient.token(box.simulator, box.simulator.tenant().id(), CLIENT, "s3cret", true));
        String methods = "/users/" + user + "/authentication/passwordMethods";
        box.simulator.tenant().load(sink -> {
            sink.object("passwordMethods", Json.object().put("id", user + "/28c10230-6103-485e-b985-444c60001490"));
            sink.link("users", user, "authentication/passwordMethods", user + "/28c10230-6103-485e-b985-444c60001490");
        });
        String method = operator.get(methods).body().at("/value/0/id").asText();
        Answer reset = operator.post("/users/" + user + "/authentication/methods/" + method + "/resetPassword", "{}");
        assertThat(reset.status()).as(reset.message()).isEqualTo(202);
        String operation = reset.header("Location").replaceAll(".*/v1.0", "");

        assertThat(operator.get(operation).body().path("status").asText()).isEqualTo("succeeded");
        assertThat(operator.get(operation + "x").status()).isEqualTo(404);
    }
}
