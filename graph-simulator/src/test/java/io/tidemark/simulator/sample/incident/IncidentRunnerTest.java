package io.tidemark.simulator.sample.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.simulator.sample.incident.BusyGraph.Mood;
import io.tidemark.simulator.sample.incident.IncidentSummary.Effect;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncidentRunnerTest {

    private static final String DELETION = """
            {"name": "deletion", "parameters": {"count": "45"}, "steps": [
              {"name": "delete", "select": {"from": "/users", "limit": "{count}"},
               "requests": [{"method": "DELETE", "url": "/users/{id}"}]}]}
            """;

    private BusyGraph graph;

    @BeforeEach
    void start() throws Exception {
        graph = new BusyGraph(60);
    }

    @AfterEach
    void stop() {
        graph.close();
    }

    @Test
    void targetsAreThoseWithTheLowestIdsAndAreSentInTwenties() throws Exception {
        var summary = runner("good").play(incident(DELETION));

        assertThat(graph.batchSizes).containsExactly(20, 20, 5);
        assertThat(summary.step("delete").objectIds())
                .hasSize(45)
                .startsWith("u000", "u001")
                .endsWith("u044");
        assertThat(summary.effects()).isEqualTo(45);
    }

    @Test
    void whatIsThrottledIsSentAgainUntilItIsDone() throws Exception {
        graph.moods.add(Mood.THROTTLES);
        graph.moods.add(Mood.THROTTLES_WITHOUT_SAYING_HOW_LONG);

        var summary = runner("good").play(incident(DELETION).with("count", "20"));

        assertThat(graph.batchSizes).containsExactly(20, 10, 5);
        assertThat(graph.carriedOut).hasSize(20).doesNotHaveDuplicates();
        assertThat(summary.step("delete").effects()).hasSize(20);
        assertThat(summary.step("delete").refused()).isEmpty();
    }

    @Test
    void aDeletionWhoseAnswerWasLostIsSentAgainAndCounts() throws Exception {
        graph.moods.add(Mood.CARRIES_OUT_AND_LOSES_THE_ANSWER);

        var summary = runner("good").play(incident(DELETION).with("count", "3"));

        assertThat(graph.carriedOut).hasSize(3);
        assertThat(summary.step("delete").effects()).extracting(Effect::status).containsOnly(404);
    }

    @Test
    void aCreationWhoseAnswerWasLostIsNotSentAgain() throws Exception {
        graph.moods.add(Mood.CARRIES_OUT_AND_LOSES_THE_ANSWER);
        var creation = DELETION.replace("DELETE", "POST");

        var summary = runner("good").play(incident(creation).with("count", "3"));

        assertThat(graph.carriedOut).hasSize(3);
        assertThat(summary.step("delete").effects()).isEmpty();
        assertThat(summary.step("delete").refused()).hasSize(3);
    }

    @Test
    void aSummaryReadsAsJson() throws Exception {
        var summary = runner("good").play(incident(DELETION).with("count", "1"));

        var json = summary.toJson();

        assertThat(json.at("/incident").asText()).isEqualTo("deletion");
        assertThat(json.at("/steps/0/effects/0/objectId").asText()).isEqualTo("u000");
        assertThat(json.at("/steps/0/refused").isEmpty()).isTrue();
    }

    @Test
    void aWrongSecretIsNamedWithoutShowingIt() throws Exception {
        var incident = incident(DELETION);

        assertThatThrownBy(() -> runner("bad").play(incident))
                .hasMessageContaining("refused client app with status 401")
                .hasMessageNotContaining("bad");
    }

    @Test
    void anIncidentThatFindsNothingSaysWhere() throws Exception {
        var incident = incident(
                DELETION.replace("\"limit\"", "\"where\": [{\"path\": \"/id\", \"is\": \"nobody\"}], \"limit\""));

        assertThatThrownBy(() -> runner("good").play(incident))
                .hasMessageContaining("step 'delete' of incident 'deletion' found nothing");
    }

    private IncidentRunner runner(String secret) {
        return new IncidentRunner(graph.url(), graph.url(), new UUID(1, 2), "app", secret);
    }

    private static Incident incident(String json) throws Exception {
        return Incident.parse(new ObjectMapper().readTree(json));
    }
}
