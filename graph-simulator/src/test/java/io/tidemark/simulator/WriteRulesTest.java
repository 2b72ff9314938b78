package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteRulesTest {

    private static final String ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    private static final String REFUSED = "Request_BadRequest";

    private static Box box;
    private static GraphClient graph;
    private static GraphClient user;
    private static String me;

    @BeforeAll
    static void open() {
        box = Box.open(builder -> builder, sink -> {
            sink.object("domains", Json.object().put("id", "fabrikam.com").put("isVerified", true));
            sink.object(
                    "domains",
                    Json.object()
                            .put("id", "federated.example")
                            .put("isVerified", true)
                            .put("authenticationType", "Federated"));
        });
        graph = box.graph;
        me = graph.post(
                        "/users",
                        "{'accountEnabled':true,'displayName':'Me','mailNickname':'me','userPrincipalName':'me@fabrikam.com',"
                                + "'passwordProfile':{'password':'Xw4!longEnough'}}")
                .body()
                .path("id")
                .asText();
        user = new GraphClient(
                box.simulator.graphUrl(),
                GraphClient.token(box.simulator, box.simulator.tenant().id(), Box.ADMIN, Box.ADMIN_SECRET, true));
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static void refused(Answer answer, int status, String code, String message) {
        assertThat(answer.status()).as(answer.message()).isEqualTo(status);
        assertThat(answer.code()).as(answer.message()).isEqualTo(code);
        assertThat(answer.message()).contains(message);
    }

    @Test
    void aUserOfAFederatedDomainNeedsTheIdOfItsOtherDirectory() {
        String body =
                "{'accountEnabled':true,'displayName':'F','mailNickname':'f','userPrincipalName':'f@federated.example',"
                        + "'passwordProfile':{'password':'Xw4!longEnough'}";

        refused(graph.post("/users", body + "}"), 400, REFUSED, "'onPremisesImmutableId'");
        assertThat(graph.post("/users", body + ",'onPremisesImmutableId':'abc'}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whatIsKeptOutsideTheDirectoryIsChangedAlone() {
        String id = box.user("outside");

        refused(graph.patch("/users/" + id, "{'aboutMe':'x','city':'Bern'}"), 400, REFUSED, "invalid");
        assertThat(graph.patch("/users/" + id, "{'aboutMe':'x'}").status()).isEqualTo(204);
        assertThat(graph.get("/users/" + id + "?$select=aboutMe")
                        .body()
                        .path("aboutMe")
                        .asText())
                .isEqualTo("x");
    }

    @Test
    void sensitivePropertiesOfAnAdministratorAreOutOfReachAndOthersAreNot() {
        String id = box.user("boss");
        graph.post(
                "/roleManagement/directory/roleAssignments",
                "{'principalId':'" + id + "','roleDefinitionId':'" + ADMINISTRATOR + "','directoryScopeId':'/'}");

        refused(
                graph.patch("/users/" + id, "{'mobilePhone':'+1 555 0100'}"),
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.");
        refused(
                graph.delete("/users/" + id),
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.");
        assertThat(graph.patch("/users/" + id, "{'city':'Bern'}").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"displayName", "accountEnabled", "mailNickname", "usageLocation", "otherMails"})
    void whatCannotBeClearedIsNamed(String property) {
        String id = box.user("keep" + property.length());
        graph.patch("/users/" + id, "{'usageLocation':'CH'}");

        refused(
                graph.patch("/users/" + id, "{'" + property + "':null}"),
                400,
                REFUSED,
                "Invalid value specified for property '" + property + "'");
    }

    @Test
    void limitsOfUsersAreKept() {
        String id = box.user("limited");

        refused(graph.patch("/users/" + id, "{'businessPhones':['1','2']}"), 400, REFUSED, "'businessPhones'");
        refused(graph.patch("/users/" + id, "{'employeeId':'12345678901234567'}"), 400, REFUSED, "'employeeId'");
        refused(graph.patch("/users/" + id, "{'ageGroup':'Ancient'}"), 400, REFUSED, "'ageGroup'");
        assertThat(graph.patch("/users/" + id, "{'ageGroup':'Minor','consentProvidedForMinor':'Granted'}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aGroupIsOfAKindThatGraphCanMake() {
        String start = "{'displayName':'g','mailNickname':'kind','mailEnabled':";

        refused(
                graph.post("/groups", start + "true,'securityEnabled':true}"),
                400,
                REFUSED,
                "Cannot Create a mail-enabled security groups and or distribution list.");
        refused(
                graph.post("/groups", start + "false,'securityEnabled':false,'groupTypes':['Unified']}"),
                400,
                REFUSED,
                "'mailEnabled'");
        refused(
                graph.post(
                        "/groups",
                        start
                                + "false,'securityEnabled':true,'isAssignableToRole':true,'groupTypes':['DynamicMembership'],"
                                + "'membershipRule':'user.city -eq \\\\'Bern\\\\''}"),
                400,
                "BadRequest",
                "");
    }

    @Test
    void whoCreatesAGroupIsItsOwnerWithoutSayingSo() {
        String body = "{'displayName':'mine','mailNickname':'mine','mailEnabled':false,'securityEnabled':true";

        refused(
                user.post(
                        "/groups",
                        body + ",'owners@odata.bind':['https://graph.microsoft.com/v1.0/users/" + me + "']}"),
                400,
                REFUSED,
                "Request contains a property with duplicate values.");
        Answer made = user.post("/groups", body + "}");
        assertThat(graph.get("/groups/" + made.body().path("id").asText() + "/owners")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(me);
    }

    @Test
    void settingsOfTheMailboxAreChangedOneAtATimeByAUser() {
        String id = graph.post(
                        "/groups",
                        "{'displayName':'m','mailNickname':'mbx','mailEnabled':true,'securityEnabled':false,'groupTypes':['Unified']}")
                .body()
                .path("id")
                .asText();

        refused(graph.patch("/groups/" + id, "{'allowExternalSenders':true}"), 403, "Authorization_RequestDenied", "");
        refused(
                user.patch("/groups/" + id, "{'allowExternalSenders':true,'hideFromAddressLists':true}"),
                400,
                REFUSED,
                "invalid");
        assertThat(user.patch("/groups/" + id, "{'allowExternalSenders':true}").status())
                .isEqualTo(200);
        assertThat(user.patch("/groups/" + id, "{'description':'x'}").status()).isEqualTo(204);
    }

    @Test
    void membershipIsHiddenFromTheStartOrNever() {
        String body =
                "{'displayName':'h','mailNickname':'hid','mailEnabled':true,'securityEnabled':false,'groupTypes':['Unified'],"
                        + "'visibility':'";
        String hidden = graph.post("/groups", body + "HiddenMembership'}")
                .body()
                .path("id")
                .asText();
        String open = graph.post("/groups", body.replace("hid'", "opn'") + "Private'}")
                .body()
                .path("id")
                .asText();

        refused(graph.patch("/groups/" + open, "{'visibility':'HiddenMembership'}"), 400, REFUSED, "'visibility'");
        refused(graph.patch("/groups/" + hidden, "{'visibility':'Public'}"), 400, REFUSED, "'visibility'");
        refused(graph.patch("/groups/" + open, "{'visibility':'Secret'}"), 400, REFUSED, "'visibility'");
        assertThat(graph.patch("/groups/" + open, "{'visibility':'Public'}").status())
                .isEqualTo(204);
    }

    @Test
    void onlyUsersAndServicePrincipalsOwnGroups() {
        String group = box.group("owned");
        String other = box.group("owner");

        Answer answer = graph.post(
                "/groups/" + group + "/owners/$ref",
                "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + other + "'}");

        assertThat(answer.status()).as(answer.message()).isEqualTo(400);
        assertThat(graph.get("/groups/" + group + "/owners").body().path("value"))
                .isEmpty();
    }

    @Test
    void membersAreNotPatchedByReference() {
        String group = box.group("patched");

        Answer answer = graph.patch(
                "/groups/" + group + "/members/$ref",
                "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + me + "'}");

        assertThat(answer.status()).as(answer.message()).isIn(400, 405);
    }

    @Test
    void rolesAndScopesShareTheirValues() {
        String id = application("values");
        String role =
                "{'id':'0f9d3b44-5d2c-4f5e-9c53-5e1f6f6f7a01','allowedMemberTypes':['User'],'displayName':'r','description':'r','isEnabled':true,'value':'Read'}";
        String scope =
                "{'id':'0f9d3b44-5d2c-4f5e-9c53-5e1f6f6f7a02','adminConsentDisplayName':'s','adminConsentDescription':'s','type':'User','isEnabled':true,'value':'Read'}";
        assertThat(graph.patch("/applications/" + id, "{'appRoles':[" + role + "]}")
                        .status())
                .isEqualTo(204);

        refused(
                graph.patch("/applications/" + id, "{'api':{'oauth2PermissionScopes':[" + scope + "]}}"),
                400,
                REFUSED,
                "duplicate values");
        assertThat(graph.patch(
                                "/applications/" + id,
                                "{'api':{'oauth2PermissionScopes':[" + scope.replace("'Read'", "'Write'") + "]}}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aCertificateIsNotChangedUnderItsKey() {
        String id = application("keys");
        String key =
                "{'keyCredentials':[{'keyId':'0f9d3b44-5d2c-4f5e-9c53-5e1f6f6f7a09','type':'AsymmetricX509Cert','usage':'Verify','key':'AQID'}]}";
        assertThat(graph.patch("/applications/" + id, key).status()).isEqualTo(204);

        refused(
                graph.patch("/applications/" + id, key.replace("AQID", "BBBB")),
                400,
                REFUSED,
                "Update to existing credential with KeyId '0f9d3b44-5d2c-4f5e-9c53-5e1f6f6f7a09' is not allowed.");
        assertThat(graph.patch("/applications/" + id, key).status()).isEqualTo(204);
    }

    @Test
    void addressesOfAnApplicationLieInVerifiedDomains() {
        String id = application("address");

        refused(
                graph.patch("/applications/" + id, "{'identifierUris':['https://elsewhere.example/x']}"),
                400,
                REFUSED,
                "verified domain");
        assertThat(graph.patch(
                                "/applications/" + id,
                                "{'identifierUris':['https://app.example.com/x','api://" + id + "']}")
                        .status())
                .isEqualTo(204);
    }

    static Stream<String> idleControls() {
        return Stream.of(
                "{}",
                "{'signInFrequency':{'isEnabled':false,'type':'hours','value':4}}",
                "{'signInFrequency':{'isEnabled':true,'type':'hours','value':0,'frequencyInterval':'timeBased'}}",
                "{'signInFrequency':{'isEnabled':true,'frequencyInterval':'everyTime'},'disableResilienceDefaults':true}");
    }

    @ParameterizedTest
    @MethodSource("idleControls")
    void sessionControlsHaveAnEffectAndNoContradiction(String controls) {
        String policy = "{'displayName':'s','state':'disabled','conditions':{'users':{'includeUsers':['All']},"
                + "'applications':{'includeApplications':['All']}},'grantControls':{'operator':'OR','builtInControls':['mfa']},"
                + "'sessionControls':";

        refused(graph.post("/identity/conditionalAccess/policies", policy + controls + "}"), 400, "BadRequest", "10");
        Answer made = graph.post("/identity/conditionalAccess/policies", policy + "null}");
        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(graph.patch(
                                "/identity/conditionalAccess/policies/"
                                        + made.body().path("id").asText(),
                                "{'sessionControls':{'persistentBrowser':{'isEnabled':true,'mode':'never'}}}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aStrengthInUseStays() {
        String strength = graph.post(
                        "/policies/authenticationStrengthPolicies",
                        "{'displayName':'keys only','allowedCombinations':['fido2']}")
                .body()
                .path("id")
                .asText();
        Answer policy = graph.post(
                "/identity/conditionalAccess/policies",
                "{'displayName':'uses','state':'disabled','conditions':{'users':{'includeUsers':['All']},'applications':"
                        + "{'includeApplications':['All']}},'grantControls':{'operator':'OR','builtInControls':[],"
                        + "'authenticationStrength':{'id':'" + strength + "'}}}");

        assertThat(policy.status()).as(policy.message()).isEqualTo(201);
        refused(graph.delete("/policies/authenticationStrengthPolicies/" + strength), 400, "BadRequest", "used");
        refused(
                graph.patch(
                        "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004",
                        "{'displayName':'x'}"),
                400,
                "BadRequest",
                "Built-in");
    }

    @Test
    void moreThanTwentyReferencesAtCreationAreRefused() {
        String ids = String.join(
                ",",
                IntStream.range(0, 21)
                        .mapToObj(
                                i -> "'https://graph.microsoft.com/v1.0/directoryObjects/" + box.user("many" + i) + "'")
                        .toList());

        refused(
                graph.post(
                        "/groups",
                        "{'displayName':'b','mailNickname':'b','mailEnabled':false,'securityEnabled':true,'members@odata.bind':["
                                + ids + "]}"),
                400,
                REFUSED,
                "more than 20 link changes");
    }

    private static String application(String name) {
        return graph.post("/applications", "{'displayName':'" + name + "'}")
                .body()
                .path("id")
                .asText();
    }
}
