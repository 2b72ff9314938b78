package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.TenantSeed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests of a tool that makes resources as a file describes them and reads them back, on both versions. */
class ResourceToolTest {

    private static Box box;
    private static String beta;

    @BeforeAll
    static void open() {
        box = Box.open();
        beta = box.simulator.graphUrl() + "/beta";
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static String id(GraphClient.Answer answer) {
        assertThat(answer.status()).as(answer.message()).isEqualTo(201);
        return answer.body().path("id").asText();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void betaTellsAllOfAUserWithoutASelection() {
        String user = box.user("whole");
        box.graph.patch("/users/" + user, "{'department':'Sales','city':'Bern'}");
        JsonNode first = box.graph.get("/users/" + user).body();
        JsonNode whole = box.graph.get(beta + "/users/" + user).body();

        assertThat(names(first)).hasSize(12).doesNotContain("department");
        assertThat(whole.path("department").asText()).isEqualTo("Sales");
        assertThat(names(whole))
                .contains("accountEnabled", "mailNickname", "otherMails", "employeeOrgData", "usageLocation")
                .doesNotContain("signInActivity", "mailboxSettings", "customSecurityAttributes", "passwordProfile");
        assertThat(names(box.graph
                        .get(beta + "/users/" + user + "?$select=id,city")
                        .body()))
                .containsExactly("@odata.context", "city", "id");
    }

    @Test
    void betaTellsAllOfMembersManagersAndNewObjects() {
        String chief = box.user("chief");
        String group = box.group("betagroup");
        String reference = "{'@odata.id':'https://graph.microsoft.com/beta/directoryObjects/" + chief + "'}";
        assertThat(box.graph
                        .post(beta + "/groups/" + group + "/members/$ref", reference)
                        .status())
                .isEqualTo(204);
        String made = "{'accountEnabled':true,'displayName':'new','mailNickname':'newbeta','userPrincipalName':"
                + "'newbeta@" + Box.DOMAIN + "','passwordProfile':{'password':'Xw4!longEnough'}}";
        var created = box.graph.post(beta + "/users", made);
        String user = id(created);
        box.graph.put("/users/" + user + "/manager/$ref", reference);

        assertThat(created.body().path("mailNickname").asText()).isEqualTo("newbeta");
        assertThat(box.graph
                        .get(beta + "/groups/" + group + "/members")
                        .body()
                        .at("/value/0/mailNickname")
                        .asText())
                .isEqualTo("chief");
        assertThat(box.graph
                        .get(beta + "/users/" + user + "/manager")
                        .body()
                        .path("mailNickname")
                        .asText())
                .isEqualTo("chief");
        assertThat(box.graph
                        .get(beta + "/users/" + user + "?$expand=manager")
                        .body()
                        .at("/manager/mailNickname")
                        .asText())
                .isEqualTo("chief");
        assertThat(names(box.graph.get("/groups/" + group + "/members").body().at("/value/0")))
                .doesNotContain("mailNickname");
    }

    @Test
    void betaTellsOfAGroupWhatIsNotKeptElsewhere() {
        JsonNode group =
                box.graph.get(beta + "/groups/" + box.group("plainbeta")).body();

        assertThat(names(group)).contains("organizationId", "infoCatalogs").doesNotContain("allowExternalSenders");
    }

    @Test
    void betaCallsThePermissionsOfAuthorizedClientsByItsOwnName() {
        String scope = "96183846-204b-4b43-82e1-5d2222eb4b9b";
        var client = box.graph.post("/applications", "{'displayName':'client'}").body();
        String path = "/applications/"
                + id(box.graph.post(
                        "/applications",
                        "{'displayName':'api','api':{'oauth2PermissionScopes':[{'id':'" + scope
                                + "','value':'use','type':'User','isEnabled':true,'adminConsentDescription':'a',"
                                + "'adminConsentDisplayName':'b'}]}}"));
        String allowed = "{'api':{'preAuthorizedApplications':[{'appId':'"
                + client.path("appId").asText() + "','permissionIds':['" + scope + "']}]}}";

        assertThat(box.graph.patch(path, allowed).status()).isEqualTo(400);
        assertThat(box.graph.patch(beta + path, allowed).status()).isEqualTo(204);
        assertThat(box.graph
                        .get(beta + path)
                        .body()
                        .at("/api/preAuthorizedApplications/0/permissionIds/0")
                        .asText())
                .isEqualTo(scope);
        assertThat(box.graph
                        .get(path)
                        .body()
                        .at("/api/preAuthorizedApplications/0/delegatedPermissionIds/0")
                        .asText())
                .isEqualTo(scope);
        assertThat(box.graph
                        .get(path)
                        .body()
                        .at("/api/oauth2PermissionScopes/0/id")
                        .asText())
                .isEqualTo(scope);
    }

    @Test
    void anAlternateKeyMayBeASegmentWithItsName() {
        String template = "62e90394-69f5-4237-9190-012177145e10";
        box.graph.post("/directoryRoles", "{'roleTemplateId':'" + template + "'}");

        assertThat(box.graph
                        .get("/directoryRoles/roleTemplateId=" + template)
                        .body()
                        .path("roleTemplateId")
                        .asText())
                .isEqualTo(template);
        assertThat(box.graph.get("/directoryRoles/displayName=" + template).status())
                .isEqualTo(400);
    }

    @Test
    void aRangeWithoutATypeHasThatOfItsAddress() {
        String made = id(box.graph.post(
                "/identity/conditionalAccess/namedLocations",
                "{'@odata.type':'#microsoft.graph.ipNamedLocation','displayName':'untyped','isTrusted':false,"
                        + "'ipRanges':[{'cidrAddress':'1.1.1.1/32'},{'cidrAddress':'2001:db8::/48'}]}"));
        JsonNode ranges = box.graph
                .get("/identity/conditionalAccess/namedLocations/" + made)
                .body()
                .path("ipRanges");

        assertThat(ranges.at("/0/@odata.type").asText()).isEqualTo("#microsoft.graph.iPv4CidrRange");
        assertThat(ranges.at("/1/@odata.type").asText()).isEqualTo("#microsoft.graph.iPv6CidrRange");
    }

    @Test
    void aRoleWithAnEmptyTemplateGetsAnIdOfItsOwn() {
        String role = "{'displayName':'NAME','isEnabled':true,'templateId':'','rolePermissions':"
                + "[{'allowedResourceActions':['microsoft.directory/applications/standard/read']}]}";
        String one = id(box.graph.post("/roleManagement/directory/roleDefinitions", role.replace("NAME", "one")));
        String two = id(box.graph.post("/roleManagement/directory/roleDefinitions", role.replace("NAME", "two")));

        assertThat(one).hasSize(36).isNotEqualTo(two);
    }

    @Test
    void savedProvisioningSecretsAreToldByTheirNames() {
        var application =
                box.graph.post("/applications", "{'displayName':'provisioned'}").body();
        String principal = id(box.graph.post(
                "/servicePrincipals", "{'appId':'" + application.path("appId").asText() + "'}"));
        String path = "/servicePrincipals/" + principal + "/synchronization/secrets";
        GraphClient caller = box.holding("Synchronization.ReadWrite.All", "Application.ReadWrite.All");
        assertThat(caller.get(path).body().path("value")).isEmpty();
        assertThat(caller.put(
                                path,
                                "{'value':[{'key':'BaseAddress','value':'https://x.example'},"
                                        + "{'key':'SecretToken','value':'s'}]}")
                        .status())
                .isEqualTo(204);

        assertThat(caller.get(path).body().path("value").findValuesAsText("key"))
                .containsExactly("BaseAddress", "SecretToken");
        assertThat(caller.get(path).response().body()).doesNotContain("x.example");
    }

    @Test
    void aTokenWithManyPermissionsPassesOnBothProtocols() throws Exception {
        GraphClient caller = box.holding(Permissions.all().toArray(String[]::new));
        assertThat(caller.token()).hasSizeGreaterThan(10_000);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(box.simulator.httpsAuthorityUrl() + "v1.0/users?$top=1"))
                .header("Authorization", "Bearer " + caller.token())
                .build();
        for (HttpClient.Version version : HttpClient.Version.values()) {
            var http = HttpClient.newBuilder()
                    .version(version)
                    .sslContext(box.secure())
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(version.name()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(version);
        }
    }

    @Test
    void aRequestForARoleMayBeSentBackAsItWasTold() {
        String role = id(box.graph.post(
                "/roleManagement/directory/roleDefinitions",
                "{'displayName':'lent','isEnabled':true,'rolePermissions':"
                        + "[{'allowedResourceActions':['microsoft.directory/applications/standard/read']}]}"));
        String requests = "/roleManagement/directory/roleEligibilityScheduleRequests";
        String request = id(box.graph.post(
                requests,
                "{'action':'adminAssign','principalId':'" + box.user("lent") + "','roleDefinitionId':'" + role
                        + "','directoryScopeId':'/','justification':'j','scheduleInfo':{'startDateTime':"
                        + "'2020-01-01T00:00:00Z','expiration':{'type':'noExpiration'}}}"));
        ObjectNode told = (ObjectNode) box.graph.get(requests + "/" + request).body();
        told.remove("@odata.context");
        told.put("action", "adminRemove");

        assertThat(box.graph.raw("POST", requests, told.toString()).status()).isEqualTo(201);
    }

    @Test
    void whatCameFromElsewhereWithinAValueMayBeSentBackUnchanged() {
        String id = "77777777-cccc-4ccc-8ccc-000000000001";
        TenantSeed foreign = sink -> {
            ObjectNode policy =
                    Json.object().put("id", id).put("displayName", "foreign").put("state", "disabled");
            ObjectNode conditions =
                    policy.putObject("conditions").putNull("times").put("agents", "some");
            conditions.putArray("clientAppTypes").add("all");
            conditions.putObject("applications").putArray("includeApplications").add("All");
            conditions.putObject("users").putArray("includeUsers").add("All");
            policy.putObject("grantControls")
                    .put("operator", "OR")
                    .putArray("builtInControls")
                    .add("mfa");
            sink.object("conditionalAccessPolicies", policy);
        };
        try (Box other = Box.open(builder -> builder, foreign)) {
            String path = "/identity/conditionalAccess/policies/" + id;
            ObjectNode sent = Json.object();
            sent.set("conditions", other.graph.get(path).body().path("conditions"));
            assertThat(other.graph.raw("PATCH", path, sent.toString()).status()).isEqualTo(204);

            ((ObjectNode) sent.path("conditions")).put("agents", "others");
            assertThat(other.graph.raw("PATCH", path, sent.toString()).status()).isEqualTo(400);
        }
    }
}
