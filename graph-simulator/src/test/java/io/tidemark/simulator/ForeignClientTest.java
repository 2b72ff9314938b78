package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests in the very form in which clients of other languages send them. */
class ForeignClientTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Box box;
    private static String token;

    @BeforeAll
    static void open() {
        box = Box.open();
        token = GraphClient.token(box.simulator, Box.ADMIN, Box.ADMIN_SECRET);
        for (int i = 0; i < 30; i++) {
            box.user("foreign" + i);
        }
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(box.simulator.graphUrl() + path))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String unpacked(byte[] body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void numbersMayNameTheRequestsOfABatch() {
        var answer = box.graph.post(
                "/$batch",
                "{'requests':[{'id':1,'method':'GET','url':'/organization'},"
                        + "{'id':2,'method':'GET','url':'/users/$count','dependsOn':[1],"
                        + "'headers':{'ConsistencyLevel':'eventual'}}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/responses/0/id").asText()).isEqualTo("1");
        assertThat(answer.body().at("/responses/1/status").asInt()).isEqualTo(200);
    }

    @Test
    void theOrganizationMayBeNamedBeforeThePlace() {
        String tenant = box.simulator.tenant().id().toString();

        assertThat(box.graph.get("/myorganization/users?$top=1").status()).isEqualTo(200);
        assertThat(box.graph.get("/" + tenant + "/users?$top=1").status()).isEqualTo(200);
        assertThat(box.graph.get("/" + Box.DOMAIN + "/users?$top=1").status()).isEqualTo(200);
        assertThat(box.graph.get("/elsewhere.example/users").status()).isEqualTo(400);
    }

    @Test
    void betaIsAnsweredLikeTheFirstVersionUnlessSwitchedOff() throws Exception {
        var answer = send(request("/beta/users?$top=1"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("/beta/$metadata#users")
                .contains("/beta/users?$top=1&$skiptoken=");
        assertThat(send(request("/beta/administrativeUnits?$top=1")).statusCode())
                .isEqualTo(200);

        box.simulator.tenant().switches(box.simulator.tenant().switches().with("beta", "false"));
        assertThat(send(request("/beta/administrativeUnits?$top=1")).statusCode())
                .isEqualTo(501);
        box.simulator.tenant().switches(box.simulator.tenant().switches().with("beta", "true"));
    }

    @Test
    void bodiesTravelCompressedBothWays() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(
                    "{\"displayName\":\"packed\",\"mailEnabled\":false,\"securityEnabled\":true,\"mailNickname\":\"p\"}"
                            .getBytes(StandardCharsets.UTF_8));
        }
        var created = send(request("/v1.0/groups")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray())));
        var listed = send(request("/v1.0/users?$top=30").header("Accept-Encoding", "gzip, deflate"));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(listed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(unpacked(listed.body())).contains("foreign29");
    }

    @Test
    void escapedOptionsAreOptions() throws Exception {
        var answer = send(request("/v1.0/users?%24select=id%2CdisplayName&%24top=2&%24count=true&%24filter="
                        + "startswith%28displayName%2C%27foreign%27%29")
                .header("ConsistencyLevel", "eventual")
                .header("Prefer", "return=minimal")
                .header("SdkVersion", "graph-python/1.5.0 (featureUsage=6)"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("users(id,displayName)")
                .contains("\"@odata.count\":30");
    }

    @Test
    void browsersMayAskFirst() throws Exception {
        var answer = send(HttpRequest.newBuilder(URI.create(box.simulator.graphUrl() + "/v1.0/users"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,consistencylevel"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("authorization,consistencylevel");
        assertThat(send(request("/v1.0/users?$top=1").header("Origin", "https://app.example"))
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .contains("*");
    }

    @Test
    void policiesAreListedWhereCommandLinesLookForThem() {
        assertThat(box.graph.get("/policies/conditionalAccessPolicies").status())
                .isEqualTo(200);
    }

    @Test
    void theSecretMayComeInTheAuthorization() throws Exception {
        String pair = Base64.getEncoder()
                .encodeToString(
                        (Box.ADMIN + ":" + Box.ADMIN_SECRET.replace(" ", "+")).getBytes(StandardCharsets.UTF_8));
        var answer = send(HttpRequest.newBuilder(box.simulator
                        .authorityUrl()
                        .resolve(box.simulator.tenant().id() + "/oauth2/v2.0/token"))
                .header("Authorization", "Basic " + pair)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default")));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void whoGetsNoTokenIsToldWhyInTheWordsOfEntra() {
        assertThat(refusal(Map.of("grant_type", "client_credentials", "scope", "x/.default")))
                .isEqualTo("invalid_request 900144");
        assertThat(refusal(Map.of("client_id", Box.ADMIN))).isEqualTo("invalid_request 900144");
        assertThat(refusal(Map.of("grant_type", "device_code", "client_id", Box.ADMIN)))
                .isEqualTo("unsupported_grant_type 70003");
        assertThat(refusal(Map.of(
                        "grant_type", "client_credentials", "client_id", Box.ADMIN, "scope", "User.Read openid")))
                .isEqualTo("invalid_scope 1002012");
        assertThat(refusal(Map.of("grant_type", "client_credentials", "client_id", Box.ADMIN, "scope", "x/.default")))
                .isEqualTo("invalid_client 7000218");
    }

    private static String refusal(Map<String, String> form) {
        var body = GraphClient.form(box.simulator, form).body();
        assertThat(body.path("error_description").asText())
                .startsWith("AADSTS" + body.at("/error_codes/0").asInt() + ": ")
                .containsPattern(
                        "Trace ID: \\S+ Correlation ID: \\S+ Timestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ");
        return body.path("error").asText() + " " + body.at("/error_codes/0").asInt();
    }

    @Test
    void hiddenMembersAreNotExpandedEither() {
        String group = box.graph
                .post(
                        "/groups",
                        "{'displayName':'hidden','mailEnabled':true,'securityEnabled':false,'mailNickname':'hidden',"
                                + "'groupTypes':['Unified'],'visibility':'HiddenMembership'}")
                .body()
                .path("id")
                .asText();
        String user = box.user("unseen");
        box.graph.post(
                "/groups/" + group + "/members/$ref",
                "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + user + "'}");
        GraphClient seeing = box.holding("Group.Read.All", "User.Read.All", "Member.Read.Hidden");

        assertThat(box.graph.get("/groups/" + group + "?$expand=members").body().path("members"))
                .isEmpty();
        assertThat(seeing.get("/groups/" + group + "?$expand=members")
                        .body()
                        .at("/members/0/id")
                        .asText())
                .isEqualTo(user);
    }

    /** What an infrastructure tool sends for a resource: full metadata, the tenant within references, then polling. */
    @Test
    void aToolThatDescribesInfrastructureFindsWhatItMade() {
        String full = "application/json; charset=utf-8; IEEE754Compatible=false; odata.metadata=full";
        String[] headers = {"Accept", full, "OData-Version", "4.0", "OData-MaxVersion", "4.0"};
        String owner = box.user("owner");
        String reference =
                "https://graph.microsoft.com/v1.0/" + box.simulator.tenant().id() + "/directoryObjects/" + owner;
        var application = box.graph.post(
                "/applications",
                "{'displayName':'made','signInAudience':'AzureADMyOrg','identifierUris':[],'tags':[],"
                        + "'api':{'acceptMappedClaims':null,'knownClientApplications':[],'requestedAccessTokenVersion':1},"
                        + "'groupMembershipClaims':null,'web':{'homePageUrl':null,'redirectUris':[]},"
                        + "'owners@odata.bind':['" + reference + "']}",
                headers);
        String path = "/applications/" + application.body().path("id").asText();

        assertThat(application.status()).as(application.message()).isEqualTo(201);
        assertThat(box.graph.get(path, headers).body().path("@odata.type").asText())
                .isEqualTo("#microsoft.graph.application");
        assertThat(box.graph
                        .get(path + "/owners", headers)
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(owner);
        assertThat(box.graph.patch(path, "{'displayName':'renamed'}", headers).status())
                .isEqualTo(204);
        assertThat(box.graph.delete(path).status()).isEqualTo(204);
        assertThat(box.graph.get(path, headers).status()).isEqualTo(404);
    }
}
