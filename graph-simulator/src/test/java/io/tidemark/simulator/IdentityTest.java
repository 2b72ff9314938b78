package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.control.TenantExport;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.identity.ServerCertificate;
import io.tidemark.simulator.tenant.ClientRegistration;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients prove who they are in every way that Entra knows, and only those who can. */
class IdentityTest {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String CLIENT = "33333333-cccc-4ccc-8ccc-333333333333";
    private static final String ISSUER = "https://issuer.example.com";

    @TempDir
    Path folder;

    private static Box box;
    private static Signer right;
    private static Signer wrong;

    /** A key with its certificate. */
    private record Signer(PrivateKey key, X509Certificate certificate) {
        static Signer make() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return new Signer(
                    pair.getPrivate(),
                    new ServerCertificate(pair, Instant.parse("2026-01-01T00:00:00Z")).certificate());
        }

        String thumbprint() throws Exception {
            return encoded(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        }

        String sign(ObjectNode header, ObjectNode claims) throws Exception {
            String content = encoded(Json.bytes(header.put("alg", "RS256").put("typ", "JWT"))) + "."
                    + encoded(Json.bytes(claims));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + encoded(signature.sign());
        }

        ObjectNode keySet() {
            RSAPublicKey open = (RSAPublicKey) certificate.getPublicKey();
            ObjectNode set = Json.object();
            set.putArray("keys")
                    .addObject()
                    .put("kty", "RSA")
                    .put("kid", "k1")
                    .put("n", encoded(unsigned(open.getModulus())))
                    .put("e", encoded(unsigned(open.getPublicExponent())));
            return set;
        }

        private static byte[] unsigned(BigInteger number) {
            byte[] bytes = number.toByteArray();
            return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @BeforeAll
    static void open() throws Exception {
        right = Signer.make();
        wrong = Signer.make();
        box = Box.open();
        box.simulator
                .tenant()
                .register(new ClientRegistration(
                        CLIENT, "workload", null, null, right.thumbprint(), ISSUER, Set.of("User.Read.All")));
        box.simulator.controls().trustIssuer(ISSUER, right.keySet());
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static Answer token(String client, String... pairs) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("scope", "https://graph.microsoft.com/.default");
        form.put("client_id", client);
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], pairs[i + 1]);
        }
        return GraphClient.form(box.simulator, form);
    }

    private static Answer asserted(String client, String assertion) {
        return token(client, "client_assertion_type", TYPE, "client_assertion", assertion);
    }

    private static Map<String, String> assertion(String client, String assertion) {
        return Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                client,
                "scope",
                "https://graph.microsoft.com/.default",
                "client_assertion_type",
                TYPE,
                "client_assertion",
                assertion);
    }

    private static ObjectNode own(String client) {
        return Json.object()
                .put(
                        "aud",
                        box.simulator.authorityUrl()
                                + box.simulator.tenant().id().toString() + "/oauth2/v2.0/token")
                .put("iss", client)
                .put("sub", client);
    }

    private static ObjectNode header(Signer signer) throws Exception {
        ObjectNode header = Json.object().put("x5t#S256", signer.thumbprint());
        header.putArray("x5c")
                .add(Base64.getEncoder().encodeToString(signer.certificate().getEncoded()));
        return header;
    }

    private static int number(Answer answer) {
        return answer.body().at("/error_codes/0").asInt();
    }

    @Test
    void onlyTheRegisteredCertificateSigns() throws Exception {
        assertThat(asserted(CLIENT, right.sign(header(right), own(CLIENT))).status())
                .isEqualTo(200);
        assertThat(number(asserted(CLIENT, wrong.sign(header(wrong), own(CLIENT)))))
                .isEqualTo(700027);
        assertThat(number(asserted(CLIENT, wrong.sign(header(right), own(CLIENT)))))
                .isEqualTo(700027);
        assertThat(number(asserted(CLIENT, right.sign(header(right), own(CLIENT).put("aud", "https://x/y/z")))))
                .isEqualTo(700023);
        assertThat(number(asserted(CLIENT, right.sign(header(right), own(CLIENT).put("exp", 1)))))
                .isEqualTo(700024);
        assertThat(number(asserted(CLIENT, "nonsense"))).isEqualTo(50027);
    }

    @Test
    void onlyATrustedIssuerVouches() throws Exception {
        ObjectNode claims = Json.object()
                .put("iss", ISSUER)
                .put("sub", "system:serviceaccount:a:b")
                .put("aud", "api://AzureADTokenExchange");

        assertThat(asserted(CLIENT, right.sign(Json.object().put("kid", "k1"), claims))
                        .status())
                .isEqualTo(200);
        assertThat(number(asserted(CLIENT, wrong.sign(Json.object().put("kid", "k1"), claims))))
                .isEqualTo(700027);
        assertThat(number(asserted(
                        CLIENT, right.sign(Json.object(), claims.deepCopy().put("iss", "https://elsewhere")))))
                .isEqualTo(700211);
    }

    @Test
    void anApplicationMadeThroughGraphCanSignInUntilItsSecretGoes() {
        JsonNode application =
                box.graph.post("/applications", "{'displayName':'made'}").body();
        String appId = application.path("appId").asText();
        box.graph.post("/servicePrincipals", "{'appId':'" + appId + "'}");
        JsonNode password = box.graph
                .post("/applications/" + application.path("id").asText() + "/addPassword", "{}")
                .body();
        String secret = password.path("secretText").asText();

        assertThat(token(appId, "client_secret", secret).status()).isEqualTo(200);
        assertThat(number(token(appId, "client_secret", "guess"))).isEqualTo(7000215);
        box.graph.post(
                "/applications/" + application.path("id").asText() + "/removePassword",
                "{'keyId':'" + password.path("keyId").asText() + "'}");
        assertThat(number(token(appId, "client_secret", secret))).isEqualTo(7000215);
    }

    @Test
    void aRevokedTokenMeetsAChallengeAndANewOnePasses() {
        GraphClient old = box.holding("User.Read.All", "Group.Read.All");
        assertThat(old.get("/users").status()).isEqualTo(200);
        String id = "22222222-bbbb-4bbb-8bbb-"
                + String.format(
                        "%012d",
                        Math.abs(Set.of("User.Read.All", "Group.Read.All").hashCode()));

        box.simulator.controls().revoke(id);

        Answer answer = old.get("/users");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).contains("insufficient_claims", "claims=");
        assertThat(box.as(id, "s3cret").get("/users").status()).isEqualTo(200);
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(box.simulator.graphUrl() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aMachineAsksForItsOwnTokenWithTheHeaderThatProxiesDrop() throws Exception {
        String url =
                "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fgraph.microsoft.com";

        assertThat(get(url).statusCode()).isEqualTo(400);
        assertThat(get(url + "&client_id=" + UUID.randomUUID(), "Metadata", "true")
                        .statusCode())
                .isEqualTo(400);
        box.simulator.controls().managedIdentity(Box.ADMIN);
        JsonNode answer = Json.mapper().readTree(get(url, "Metadata", "true").body());

        assertThat(answer.path("client_id").asText()).as(answer.toString()).isEqualTo(Box.ADMIN);
        assertThat(answer.path("expires_in").isTextual()).isTrue();
        assertThat(new GraphClient(
                                box.simulator.graphUrl(),
                                answer.path("access_token").asText())
                        .get("/users")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theCloudDescribesItself() throws Exception {
        String id = box.simulator.tenant().id().toString();
        JsonNode discovery = Json.mapper()
                .readTree(
                        get("/" + id + "/v2.0/.well-known/openid-configuration").body());
        JsonNode instance = Json.mapper()
                .readTree(get("/common/discovery/instance?api-version=1.1&authorization_endpoint=https%3A%2F%2Fh%2F"
                                + id + "%2Foauth2%2Fv2.0%2Fauthorize")
                        .body());

        assertThat(discovery.path("issuer").asText()).endsWith("/" + id + "/v2.0");
        assertThat(get("/no-such-tenant/v2.0/.well-known/openid-configuration").statusCode())
                .isEqualTo(400);
        assertThat(instance.path("tenant_discovery_endpoint").asText()).contains(id);
        assertThat(instance.at("/metadata/0/aliases/0").asText()).startsWith("127.0.0.1:");
        assertThat(get("/metadata/endpoints?api-version=2022-09-01").body()).contains("microsoftGraphResourceId");
    }

    @Test
    void tenantsStandSideBySideEachWithItsOwnIssuer() {
        UUID other = UUID.fromString("99999999-0000-4000-8000-000000000001");
        box.simulator
                .controls()
                .addTenant(
                        other,
                        sink -> sink.appRegistration(ClientRegistration.withSecret(
                                CLIENT, "there", "other secret", Set.of("User.Read.All"))));

        assertThat(number(token(CLIENT, "client_secret", "other secret"))).isEqualTo(7000215);
        assertThat(box.simulator.controls().tenant(other.toString())).isNotSameAs(box.simulator.tenant());
        assertThat(box.simulator.controls().tenant("nowhere")).isNull();
    }

    @Test
    void aCertificateOfTheApplicationMayBeNamedByAPaddedFingerprint() throws Exception {
        byte[] encoded = right.certificate().getEncoded();
        String application = box.graph
                .post(
                        "/applications",
                        "{'displayName':'padded','keyCredentials':[{'type':'AsymmetricX509Cert','usage':'Verify','key':'"
                                + Base64.getEncoder().encodeToString(encoded) + "'}]}")
                .body()
                .path("appId")
                .asText();
        box.graph.post("/servicePrincipals", "{'appId':'" + application + "'}");
        byte[] print = MessageDigest.getInstance("SHA-1").digest(encoded);
        ObjectNode header = Json.object().put("x5t", Base64.getUrlEncoder().encodeToString(print));

        assertThat(asserted(application, right.sign(header, own(application))).status())
                .isEqualTo(200);
    }

    @Test
    void aCertificateOfTheApplicationIsKnownAfterAnExport() throws Exception {
        String application = box.graph
                .post(
                        "/applications",
                        "{'displayName':'moved','keyCredentials':[{'type':'AsymmetricX509Cert','usage':'Verify','key':'"
                                + Base64.getEncoder()
                                        .encodeToString(right.certificate().getEncoded())
                                + "'}]}")
                .body()
                .path("appId")
                .asText();
        box.graph.post("/servicePrincipals", "{'appId':'" + application + "'}");
        List<String> lines = new ArrayList<>();
        TenantExport.write(box.simulator.tenant(), lines::add);
        Path file = Files.write(folder.resolve("tenant.jsonl"), lines);
        try (GraphSimulator loaded = GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(box.simulator.tenant().id())
                .tenantSeed(TenantExport.read(file))
                .build())) {
            assertThat(GraphClient.form(loaded, assertion(application, right.sign(header(right), own(application))))
                            .status())
                    .isEqualTo(200);
            assertThat(GraphClient.form(loaded, assertion(application, wrong.sign(header(wrong), own(application))))
                            .status())
                    .isEqualTo(401);
        }
    }
}
