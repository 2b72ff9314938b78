package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.fault.Lateness;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {

    private Box box;

    @BeforeEach
    void open() {
        Clock still = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
        box = Box.open(b -> b.time(still));
    }

    @AfterEach
    void close() {
        box.close();
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED,429",
        "SERVER_ERROR,500",
        "BAD_GATEWAY,502",
        "UNAVAILABLE,503",
        "GATEWAY_TIMEOUT,504",
        "INSUFFICIENT_STORAGE,507",
        "CONCURRENCY,409",
        "HTML_PAGE,200",
        "CLAIMS_CHALLENGE,401"
    })
    void aRefusedWriteHasNoEffect(Fault fault, int status) {
        String group = box.group("target");
        int before = box.simulator.ledger().size();
        box.simulator.faults().add(FaultRule.next(fault, 1, "PATCH", "/groups/"));

        Answer answer = box.graph.patch("/groups/" + group, "{'description':'x'}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(box.simulator.ledger().size()).isEqualTo(before);
        assertThat(box.graph.patch("/groups/" + group, "{'description':'x'}").status())
                .isEqualTo(204);
    }

    @Test
    void aTimeoutMayHideAnEffect() {
        box.simulator.faults().add(FaultRule.next(Fault.TIMEOUT_AFTER_EFFECT, 1, "POST", "/groups"));

        assertThat(box.group("hidden")).isEmpty();
        assertThat(box.simulator.ledger().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.status()).isEqualTo(201));
    }

    @Test
    void aLostAnswerHidesAnEffectAndAResetDoesNot() {
        String group = box.group("wire");
        int before = box.simulator.ledger().size();

        box.simulator.faults().add(FaultRule.next(Fault.CONNECTION_RESET, 3, "PATCH", "/groups/"));
        assertThatThrownBy(() -> box.graph.patch("/groups/" + group, "{'description':'a'}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(box.simulator.ledger().size()).isEqualTo(before);

        box.simulator.faults().clear();
        box.simulator.faults().add(FaultRule.next(Fault.ANSWER_LOST, 1, "PATCH", "/groups/"));
        assertThatThrownBy(() -> box.graph.patch("/groups/" + group, "{'description':'b'}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(box.simulator.ledger().size()).isEqualTo(before + 1);
    }

    @Test
    void anAnswerMayBreakOffOrDrip() {
        box.simulator.faults().add(FaultRule.next(Fault.TRUNCATED, 9, "GET", "/users"));
        assertThatThrownBy(() -> box.graph.get("/users")).isInstanceOf(UncheckedIOException.class);

        box.simulator.faults().clear();
        box.simulator.faults().add(FaultRule.next(Fault.SLOW, 1, "GET", "/users"));
        assertThat(box.graph.get("/users").body().has("value")).isTrue();
    }

    @Test
    void theSameSeedHitsTheSameRequests() {
        assertThat(hits(5)).isEqualTo(hits(5)).isNotEqualTo(hits(6));
    }

    private static List<Integer> hits(long seed) {
        try (Box other = Box.open(b -> b.seed(seed))) {
            other.simulator.faults().add(FaultRule.of(Fault.UNAVAILABLE, 0.3));
            List<Integer> hits = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                hits.add(other.graph.get("/users").status());
            }
            assertThat(hits).contains(200, 503);
            return hits;
        }
    }

    @Test
    void aNewObjectIsNotSeenAtOnceAndAChangeIsSeenInTurns() {
        box.simulator.lateness(Lateness.ofReplicas(Duration.ofSeconds(10)));
        String user = box.user("slow");

        assertThat(box.graph.get("/users/" + user).status()).isEqualTo(404);
        assertThat(box.graph.get("/users").body().path("value")).isEmpty();
        box.simulator.clock().advance(Duration.ofSeconds(11));
        assertThat(box.graph.get("/users/" + user).status()).isEqualTo(200);

        box.graph.patch("/users/" + user, "{'jobTitle':'new'}");
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            seen.add(box.graph.get("/users/" + user).body().path("jobTitle").asText());
        }
        assertThat(seen).contains("new", "null");
        box.simulator.clock().advance(Duration.ofSeconds(11));
        assertThat(box.graph.get("/users/" + user).body().path("jobTitle").asText())
                .isEqualTo("new");
    }

    @Test
    void aReferenceToANewObjectFailsForAWhile() {
        String group = box.group("ready");
        box.simulator.lateness(Lateness.ofReplicas(Duration.ofSeconds(10)));
        String reference = "{'@odata.id':'x/users/" + box.user("brandnew") + "'}";
        Answer app = box.graph.post("/applications", "{'displayName':'brandnew'}");
        String principal = "{'appId':'" + app.body().path("appId").asText() + "'}";

        assertThat(box.graph
                        .post("/groups/" + group + "/members/$ref", reference)
                        .status())
                .isEqualTo(404);
        assertThat(box.graph.post("/servicePrincipals", principal).status()).isEqualTo(400);
        box.simulator.clock().advance(Duration.ofSeconds(11));
        assertThat(box.graph
                        .post("/groups/" + group + "/members/$ref", reference)
                        .status())
                .isEqualTo(204);
        assertThat(box.graph.post("/servicePrincipals", principal).status()).isEqualTo(201);
    }

    @Test
    void auditEventsComeLate() {
        box.simulator.lateness(new Lateness(Duration.ZERO, Duration.ofMinutes(5), Duration.ofMinutes(5)));
        for (int i = 0; i < 10; i++) {
            box.group("g" + i);
        }

        assertThat(box.graph.get("/auditLogs/directoryAudits").body().path("value"))
                .isEmpty();
        box.simulator.clock().advance(Duration.ofMinutes(7));
        assertThat(box.graph
                        .get("/auditLogs/directoryAudits")
                        .body()
                        .path("value")
                        .size())
                .isBetween(1, 9);
        box.simulator.clock().advance(Duration.ofMinutes(4));
        assertThat(box.graph.get("/auditLogs/directoryAudits").body().path("value"))
                .hasSize(10);
    }
}
