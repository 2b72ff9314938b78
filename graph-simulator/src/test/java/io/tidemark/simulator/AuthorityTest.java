package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.simulator.GraphClient.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuthorityTest {

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static Map<String, String> form(String... pairs) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("scope", "https://graph.microsoft.com/.default");
        for (int i = 0; i < pairs.length; i += 2) {
            form.put(pairs[i], pairs[i + 1]);
        }
        return form;
    }

    private static JsonNode claims(Answer answer) throws Exception {
        String token = answer.body().path("access_token").asText();
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }

    @Test
    void aTokenSaysWhoAsksAndWhatHeMay() throws Exception {
        Answer answer =
                GraphClient.form(box.simulator, form("client_id", Box.ADMIN, "client_secret", Box.ADMIN_SECRET));

        JsonNode claims = claims(answer);
        assertThat(claims.path("aud").asText()).isEqualTo("https://graph.microsoft.com");
        assertThat(claims.path("tid").asText())
                .isEqualTo(box.simulator.tenant().id().toString());
        assertThat(claims.path("appid").asText()).isEqualTo(Box.ADMIN);
        assertThat(claims.path("roles")).hasSize(Box.EVERYTHING.size());
        assertThat(answer.body().path("expires_in").asInt()).isEqualTo(3599);
    }

    @Test
    void wrongSecretsAndUnknownClientsAreRefused() {
        Answer wrong = GraphClient.form(box.simulator, form("client_id", Box.ADMIN, "client_secret", "guess"));
        Answer unknown = GraphClient.form(box.simulator, form("client_id", "nobody", "client_secret", "x"));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body().path("error").asText()).isEqualTo("invalid_client");
        assertThat(wrong.body().at("/error_codes/0").asInt()).isEqualTo(7000215);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().at("/error_codes/0").asInt()).isEqualTo(700016);
    }

    @Test
    void anExpiredTokenIsRefused() {
        try (Box other = Box.open()) {
            other.simulator.clock().advance(Duration.ofHours(2));

            assertThat(other.graph.get("/users").status()).isEqualTo(401);
            assertThat(other.as(Box.ADMIN, Box.ADMIN_SECRET).get("/users").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theAuthorityAlsoSpeaksHttpsWithItsOwnCertificate() throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(box.secure()).build();
        URI discovery = box.simulator
                .httpsAuthorityUrl()
                .resolve(box.simulator.tenant().id() + "/v2.0/.well-known/openid-configuration");

        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(discovery).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        String keys =
                new ObjectMapper().readTree(response.body()).path("jwks_uri").asText();
        HttpResponse<String> set =
                client.send(HttpRequest.newBuilder(URI.create(keys)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(new ObjectMapper().readTree(set.body()).at("/keys/0/kty").asText())
                .isEqualTo("RSA");
    }
}
