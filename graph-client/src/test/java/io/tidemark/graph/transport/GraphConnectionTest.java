package io.tidemark.graph.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.graph.FastTime;
import io.tidemark.graph.StubGraph;
import io.tidemark.graph.StubGraph.Reply;
import io.tidemark.graph.pace.Lane;
import io.tidemark.graph.transport.GraphException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GraphConnectionTest {

    private static final JsonObject BODY =
            JsonText.parseObject("{\"displayName\":\"Ada Lovelace\",\"n\":2.50,\"x\":null}");

    private final StubGraph graph = new StubGraph();
    private final FastTime time = new FastTime();
    private final GraphConnection connection = graph.connect(time);

    @AfterEach
    void stop() {
        connection.close();
        graph.close();
    }

    @Test
    void aRequestCarriesATokenAndItsOwnId() {
        graph.answers(200, "{}").answers(200, "{}");

        connection.send(GraphRequest.get("users"));
        connection.send(GraphRequest.get("users"));

        assertThat(graph.asked()).allSatisfy(asked -> {
            assertThat(asked.header("Authorization")).startsWith("Bearer e30.");
            assertThat(asked.header("x-ms-throttle-priority")).isEqualTo("normal");
        });
        assertThat(graph.asked())
                .extracting(asked -> asked.header("client-request-id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aGivenRequestIdIsSentAsItIs() {
        graph.answers(204, "");
        String id = GraphRequest.requestIdOf("step", 1);

        connection.send(GraphRequest.change(Method.PATCH, "users/1", Optional.of(BODY), id));

        assertThat(graph.asked().get(0).header("client-request-id")).isEqualTo(id);
    }

    @Test
    void theBodyArrivesAsItWasWritten() {
        graph.answers(204, "");

        connection.send(GraphRequest.change(Method.PATCH, "users/1", Optional.of(BODY), "id"));

        assertThat(graph.asked().get(0).body()).isEqualTo("{\"displayName\":\"Ada Lovelace\",\"n\":2.50,\"x\":null}");
        assertThat(graph.asked().get(0).header("Content-Type")).startsWith("application/json");
    }

    @Test
    void oneTokenServesManyRequestsUntilItIsAboutToExpire() {
        graph.answers(200, "{}").answers(200, "{}").answers(200, "{}");

        connection.send(GraphRequest.get("users"));
        connection.send(GraphRequest.get("users"));
        time.sleep(Duration.ofMinutes(56));
        connection.send(GraphRequest.get("users"));

        assertThat(graph.tokenRequests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"429", "500", "502", "503", "504"})
    void aReadIsRepeatedUntilGraphAnswers(int status) {
        graph.answers(status, "{}").answers(status, "<html>").answers(200, "{\"id\":\"1\"}");

        JsonObject found = connection.fetch(GraphRequest.get("users/1"));

        assertThat(found.findString("id")).contains("1");
        assertThat(graph.asked()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"2.128,2128", "'31,120',120000", "'1, 0.5',1000", "3,3000"})
    void aRejectedRequestStaysAwayAsLongAsGraphWants(String header, long millis) {
        graph.answers(Reply.json(429, "{}").with("Retry-After", header)).answers(200, "{}");

        connection.send(GraphRequest.get("users/1"));

        assertThat(time.slept()).isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis + 5));
    }

    @Test
    void aRejectionThatLastsLongerThanOurPatienceIsReportedAtOnce() {
        graph.answers(Reply.json(429, "{}").with("Retry-After", "900"));

        GraphException failure = failure(GraphRequest.get("users/1"));

        assertThat(failure.reason()).isEqualTo(Reason.THROTTLED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(900));
        assertThat(graph.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"POST,503", "POST,504", "POST,500", "PATCH,503", "PUT,504", "DELETE,503"})
    void aChangeIsNeverRepeatedAfterAFailureWhoseOutcomeIsUnknown(Method method, int status) {
        graph.answers(Reply.json(status, "{}").with("Retry-After", "0")).answers(201, "{\"id\":\"2\"}");

        GraphException failure = failure(GraphRequest.change(
                method, "groups", method == Method.DELETE ? Optional.empty() : Optional.of(BODY), "id"));

        assertThat(failure.reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void aChangeIsRepeatedAfterARejectionForTooManyRequests() {
        graph.answers(Reply.json(429, "{}").with("Retry-After", "1")).answers(201, "{\"id\":\"2\"}");

        connection.send(GraphRequest.change(Method.POST, "groups", Optional.of(BODY), "id"));

        assertThat(graph.asked()).hasSize(2);
        assertThat(graph.asked().get(1).body()).isEqualTo(JsonText.text(BODY));
    }

    @Test
    void aReadThatBreaksOffIsRepeated() {
        graph.answers(Reply.json(200, "{\"value\":[{\"id\":\"1\"},").brokenOff())
                .answers(200, "{\"value\":[]}");

        connection.fetch(GraphRequest.get("users"));

        assertThat(graph.asked()).hasSize(2);
    }

    @Test
    void anAnswerThatOnlyDripsIsGivenUpWhenPatienceEnds() {
        graph.answers(Reply.json(200, " ").dripping(), Reply.json(200, " ").dripping());
        try (GraphConnection impatient = GraphConnection.open(graph.settings(time)
                .clock(Clock.systemUTC())
                .patience(Duration.ofMillis(300))
                .build())) {
            assertThatThrownBy(() -> impatient.fetch(GraphRequest.get("users")))
                    .isInstanceOfSatisfying(
                            GraphException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
        }
    }

    @Test
    void aReadWhoseJsonIsCutOffIsRepeated() {
        graph.answers(200, "{\"value\":[{\"id\":\"1\"},").answers(200, "{\"value\":[]}");

        connection.fetch(GraphRequest.get("users"));

        assertThat(graph.asked()).hasSize(2);
    }

    @Test
    void aChangeWhoseAnswerBreaksOffIsOfUnknownOutcome() {
        graph.answers(Reply.json(201, "{\"id\":").brokenOff());

        GraphException failure = failure(GraphRequest.change(Method.POST, "groups", Optional.of(BODY), "id"));

        assertThat(failure.reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void anHtmlPageThatCallsItselfSuccessIsABadAnswer() {
        for (int i = 0; i < 10; i++) {
            graph.answers(200, "<html>sign in</html>");
        }

        GraphException failure =
                catchThrowableOfType(GraphException.class, () -> connection.fetch(GraphRequest.get("users/1")));

        assertThat(failure.reason()).isEqualTo(Reason.BAD_ANSWER);
    }

    @Test
    void anErrorThatCallsItselfSuccessIsABadAnswer() {
        graph.answers(200, "{\"error\":{\"code\":\"ServiceUnavailable\"}}").answers(200, "{\"id\":\"1\"}");

        assertThat(connection.fetch(GraphRequest.get("users/1")).findString("id"))
                .contains("1");
    }

    @ParameterizedTest
    @CsvSource({
        "400,Request_BadRequest,BAD_REQUEST",
        "400,Directory_ExpiredPageToken,EXPIRED_PAGE",
        "400,syncStateNotFound,GONE",
        "410,syncStateNotFound,GONE",
        "410,resyncRequired,GONE",
        "403,Authorization_RequestDenied,FORBIDDEN",
        "404,Request_ResourceNotFound,NOT_FOUND",
        "405,Request_BadRequest,NOT_IMPLEMENTED",
        "409,Directory_ConcurrencyViolation,CONFLICT",
        "501,NotImplemented,NOT_IMPLEMENTED"
    })
    void aRefusalHasANameAndIsNotRepeated(int status, String code, Reason reason) {
        graph.answers(Reply.json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"x\"}}")
                .with("request-id", "r-1"));

        GraphException failure = failure(GraphRequest.get("users/1"));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.requestId()).isEqualTo("r-1");
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void aRefusalSaysWhatIsKnownAndNeverAValue() {
        graph.answers(400, """
                {"error":{"code":"Request_BadRequest","message":{"lang":"en","value":"Another object with the same value for property userPrincipalName already exists. ada@contoso.example"},
                 "details":{"code":"ObjectConflict","target":"userPrincipalName","message":"ada@contoso.example"}}}""");

        GraphException failure = failure(GraphRequest.get("users/1?$filter=mail eq 'ada@contoso.example'"));

        assertThat(failure.error().conflictsOn("userPrincipalName")).isTrue();
        assertThat(failure).hasMessageContaining("Another object with the same value for property");
        assertThat(failure.getMessage()).doesNotContain("ada@");
    }

    @Test
    void aClaimsChallengeIsAnsweredWithAFreshTokenOnce() {
        String claims = Base64.getEncoder()
                .encodeToString("{\"access_token\":{\"nbf\":{\"essential\":true}}}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        graph.answers(Reply.json(401, "{}")
                        .with(
                                "WWW-Authenticate",
                                "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"" + claims + "\""))
                .answers(201, "{\"id\":\"1\"}");

        connection.send(GraphRequest.change(Method.POST, "groups", Optional.of(BODY), "id"));

        assertThat(graph.tokenRequests()).hasSize(2);
        assertThat(graph.tokenRequests().get(1).body()).contains("claims=%7B%22access_token");
        assertThat(graph.asked()).hasSize(2);
        assertThat(graph.asked().get(0).header("Authorization"))
                .isNotEqualTo(graph.asked().get(1).header("Authorization"));
        assertThat(graph.asked().get(1).body()).isEqualTo(JsonText.text(BODY));
        assertThat(connection.pacer().statistics().get(Lane.WRITE).requests()).isEqualTo(2);
    }

    @Test
    void aSecretThatIsReplacedInItsFileIsUsedForTheNextToken(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "first\n");
        graph.answers(200, "{}").answers(401, "{}").answers(200, "{}");
        try (GraphConnection rotating = GraphConnection.open(
                graph.settings(time, new Credential.SecretFile(file)).build())) {
            JsonObject unused = rotating.fetch(GraphRequest.get("users/1"));
            Files.writeString(file, "second\n");

            JsonObject answer = rotating.fetch(GraphRequest.get("users/1"));

            assertThat(answer).isEqualTo(unused);
        }
        assertThat(graph.tokenRequests()).hasSize(2);
        assertThat(graph.tokenRequests().get(0).body()).contains("client_secret=first&");
        assertThat(graph.tokenRequests().get(1).body()).contains("client_secret=second&");
    }

    @Test
    void aRejectedTokenIsReplacedOnceAndThenReported() {
        graph.answers(401, "{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}");
        graph.answers(401, "{\"error\":{\"code\":\"InvalidAuthenticationToken\"}}");

        GraphException failure = failure(GraphRequest.get("users/1"));

        assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(graph.asked()).hasSize(2);
        assertThat(graph.tokenRequests()).hasSize(2);
    }

    @Test
    void withoutATokenNothingIsSent() {
        graph.authorityAnswers(Reply.json(401, "{\"error\":\"invalid_client\",\"error_codes\":[7000215]}"));

        GraphException failure = failure(GraphRequest.get("users/1"));

        assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(failure.notSent()).isTrue();
        assertThat(failure.getMessage()).doesNotContain(StubGraph.SECRET);
        assertThat(graph.asked()).isEmpty();
    }

    @Test
    void anAuthorityThatIsNotWellIsAskedAgain() {
        graph.authorityAnswers(Reply.json(503, "{}"));
        graph.answers(200, "{}");

        connection.send(GraphRequest.get("users/1"));

        assertThat(graph.tokenRequests()).hasSize(2);
    }

    @Test
    void aTokenForAnotherTenantIsNotUsed() {
        graph.authorityAnswers(Reply.json(200, graph.freshToken("11111111-1111-4111-8111-111111111111")));

        GraphException failure = failure(GraphRequest.get("users/1"));

        assertThat(failure.reason()).isEqualTo(Reason.UNAUTHORIZED);
        assertThat(graph.asked()).isEmpty();
    }

    @Test
    void theTokenSaysWhoWeAreAndWhatWeMay() {
        assertThat(connection.grantedRoles()).containsExactly("User.Read.All");
        assertThat(connection.identity().servicePrincipalId()).contains("sp");
    }

    @Test
    void aLinkToAnotherHostIsNotFollowed() {
        GraphException failure = failure(GraphRequest.get("http://127.0.0.2:1/v1.0/users?$skiptoken=x"));

        assertThat(failure.reason()).isEqualTo(Reason.BAD_ANSWER);
        assertThat(graph.tokenRequests()).isEmpty();
    }

    @Test
    void aLinkOfGraphsOwnIsFollowedAsItIs() {
        graph.answers(200, "{}");

        connection.send(GraphRequest.get(graph.url("users?%24select=id&$skiptoken=RFNwdAIAAQ%3D%3D.a_b-c%2B")));

        assertThat(graph.asked().get(0).uri())
                .isEqualTo("/v1.0/users?%24select=id&$skiptoken=RFNwdAIAAQ%3D%3D.a_b-c%2B");
    }

    @Test
    void aRedirectIsNotFollowed() {
        graph.answers(Reply.json(302, "").with("Location", graph.url("elsewhere")));

        GraphException failure = failure(GraphRequest.get("users/1"));

        assertThat(failure.reason()).isEqualTo(Reason.BAD_ANSWER);
        assertThat(graph.asked()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void whatNeverReachedTheWireIsSurelyNotDone(Method method) {
        connection.grantedRoles();
        graph.close();

        GraphException failure = failure(GraphRequest.change(
                method,
                "groups",
                method == Method.GET || method == Method.DELETE ? Optional.empty() : Optional.of(BODY),
                "id"));

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.notSent()).isTrue();
    }

    @Test
    void statisticsTellWhatHappenedInEachLane() {
        graph.answers(Reply.json(429, "{}")
                        .with("Retry-After", "2")
                        .with("x-ms-throttle-information", "ResourceUnitLimitExceeded"))
                .answers(200, "{}")
                .answers(200, "{}");

        connection.send(GraphRequest.get("users/1"));
        connection.send(GraphRequest.get("identity/conditionalAccess/policies"));

        var read = connection.pacer().statistics().get(Lane.READ);
        assertThat(read.requestsByStatus()).isEqualTo(Map.of(429, 1L, 200, 1L));
        assertThat(read.throttled()).isEqualTo(1);
        assertThat(read.pace()).isLessThan(1);
        assertThat(connection.pacer().statistics().get(Lane.CONDITIONAL_ACCESS).requests())
                .isEqualTo(1);
    }

    @Test
    void anInterruptedThreadStopsBeforeSending() {
        graph.answers(200, "{}");
        connection.grantedRoles();
        Thread.currentThread().interrupt();

        GraphException failure = failure(GraphRequest.change(Method.POST, "groups", Optional.of(BODY), "id"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.reason()).isEqualTo(Reason.CANCELLED);
        assertThat(failure.notSent()).isTrue();
        assertThat(graph.asked()).isEmpty();
    }

    private GraphException failure(GraphRequest request) {
        return catchThrowableOfType(GraphException.class, () -> connection.send(request));
    }
}
