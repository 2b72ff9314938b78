package io.tidemark.diff.scenario;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.SampleStates;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventPublisher;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the history tells those who capture: what is there, and whether the two have come apart. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(FakeSnapshotService.class)
class LiveKeysIT {

    private static final Instant T0 = SampleStates.START;
    private static final Instant END = T0.plusSeconds(60);

    private final EventPublisher publisher;
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);

    @Inject
    LiveKeysIT(EventPublisher publisher) {
        this.publisher = publisher;
    }

    @Test
    void everyKeyThatIsThereIsToldInPagesAndInOrder() {
        states.capture("c1", T0);
        List<String> expected = new ArrayList<>();
        ObjectState membership = states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u2"), "user");
        expected.add("group.members g1~u2 " + membership.stateHash());
        for (int i = 0; i < 6; i++) {
            ObjectState user = states.user("u" + i, "Sales");
            if (i != 3 && i != 4) {
                expected.add("user u" + i + " " + user.stateHash());
            }
        }
        states.at(T0.plusSeconds(1)).delete(new StateKey("user", "u3"), Deletion.SOFT);
        states.delete(new StateKey("user", "u4"), Deletion.HARD);
        states.at(T0);
        publish();
        settled("c1", "SEALED");

        List<String> told = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        while (cursor != null) {
            String[] lines = get("/live-keys?limit=2" + cursor).asString().split("\n", -1);
            for (int i = 0; i < lines.length - 2; i++) {
                JsonPath line = new JsonPath(lines[i]);
                told.add(line.getString("type") + " " + line.getString("id") + " " + line.getString("hash"));
            }
            JsonPath last = new JsonPath(lines[lines.length - 2]);
            cursor = last.getBoolean("end") ? null : "&cursor=" + last.getString("next");
            pages++;
        }

        assertThat(told).containsExactlyElementsOf(expected);
        assertThat(pages).isEqualTo(4);
        assertThat(new JsonPath(get("/live-keys/standing").asString()).getString("newest"))
                .isEqualTo(END.toString());
        assertThat(get("/live-keys/standing").jsonPath().getBoolean("mismatched"))
                .isFalse();
    }

    @Test
    void ofATenantThatNobodyKnowsNothingIsTold() {
        assertThat(get("/live-keys").asString()).isEqualTo("{\"end\":true}\n");
        assertThat(get("/live-keys/standing").asString()).isEqualTo("{\"mismatched\":false,\"importing\":false}");
        assertThat(get("/live-keys?limit=0").statusCode()).isEqualTo(400);
        assertThat(get("/live-keys?limit=5001").statusCode()).isEqualTo(400);
    }

    @Test
    void aFullCaptureThatDoesNotFitWhatIsStoredIsToldUntilOneFits() {
        states.capture("c1", T0);
        states.user("u1", "Sales");
        publish();
        settled("c1", "SEALED");
        // A capture that knows nothing of u1.
        SampleStates blind = new SampleStates(tenant);
        blind.capture("c2", T0.plusSeconds(600));
        blind.user("u2", "Sales");
        publisher.publish(blind.published().stream().map(SampleStates::event).toList());
        publisher.publish(SampleStates.event(
                blind.completed(CaptureMode.FULL, T0.plusSeconds(660)), EventType.SNAPSHOT_COMPLETED));
        settled("c2", "INCOMPLETE");

        assertThat(get("/live-keys/standing").jsonPath().getBoolean("mismatched"))
                .isTrue();

        blind.capture("c3", T0.plusSeconds(1200));
        blind.delete(new StateKey("user", "u1"), Deletion.HARD);
        publisher.publish(blind.published().stream().map(SampleStates::event).toList());
        publisher.publish(SampleStates.event(
                blind.completed(CaptureMode.FULL, T0.plusSeconds(1260)), EventType.SNAPSHOT_COMPLETED));
        settled("c3", "SEALED");

        assertThat(get("/live-keys/standing").jsonPath().getBoolean("mismatched"))
                .isFalse();
    }

    @Test
    void aCaptureThatBrokeOffIsNotTheNewest() {
        states.capture("c1", T0);
        states.user("u1", "Sales");
        publish();
        settled("c1", "SEALED");
        CaptureReport broken = new CaptureReport(
                tenant.toString(),
                "c2",
                CaptureMode.INCREMENTAL,
                null,
                false,
                END.plusSeconds(1),
                END.plusSeconds(2),
                List.of(),
                "interrupted: the service ended while it ran");
        publisher.publish(SampleStates.event(broken, EventType.SNAPSHOT_INCOMPLETE));
        settled("c2", "INCOMPLETE");

        assertThat(get("/live-keys/standing").jsonPath().getString("newest")).isEqualTo(END.toString());
    }

    @Test
    void aSnapshotNamesWhatIsNotInItOrNotWholeWithTheReason() {
        states.capture("c1", T0);
        CaptureReport report = new CaptureReport(
                tenant.toString(),
                "c1",
                CaptureMode.FULL,
                null,
                false,
                T0,
                END,
                List.of(
                        count("user", Outcome.COMPLETE, null),
                        count("group", Outcome.CARRIED, "as it was read whole before"),
                        count("group.members", Outcome.WITHHELD, "Member.Read.Hidden is not granted"),
                        count("termsOfUse", Outcome.SKIPPED, "needs Entra ID P1"),
                        count("device", Outcome.FAILED, "UNAVAILABLE (503)")),
                "device: UNAVAILABLE (503)");
        publisher.publish(SampleStates.event(report, EventType.SNAPSHOT_INCOMPLETE));
        settled("c1", "INCOMPLETE");

        JsonPath snapshot = get("/snapshots/c1").jsonPath();

        assertThat(snapshot.getList("exceptions.type")).containsExactly("group.members", "termsOfUse", "device");
        assertThat(snapshot.getList("exceptions.outcome")).containsExactly("WITHHELD", "SKIPPED", "FAILED");
        assertThat(snapshot.getList("exceptions.reason"))
                .containsExactly("Member.Read.Hidden is not granted", "needs Entra ID P1", "UNAVAILABLE (503)");
        assertThat(snapshot.getList("types.type"))
                .containsExactly("user", "group", "group.members", "termsOfUse", "device");
        assertThat(snapshot.getList("types.findAll{it.reading == null}.type")).containsExactly("group");
        assertThat(snapshot.getString("types[0].reading.source")).isEqualTo("FULL");
        assertThat(snapshot.getString("types[0].reading.startedAt")).isEqualTo(T0.toString());
        assertThat(snapshot.getString("types[0].reading.endedAt")).isEqualTo(END.toString());
        assertThat(snapshot.getString("types[0].digest")).hasSize(64);
        assertThat(get("/snapshots").jsonPath().getList("snapshots.exceptions")).containsOnlyNulls();
    }

    private static TypeCount count(String type, Outcome outcome, String reason) {
        CaptureReport.Reading reading =
                outcome == Outcome.CARRIED ? null : new CaptureReport.Reading(ObjectState.Source.FULL, T0, END);
        return new TypeCount(type, outcome, reason, reading, 0, "0".repeat(64), 0, "0".repeat(64));
    }

    private void publish() {
        publisher.publish(states.published().stream().map(SampleStates::event).toList());
        publisher.publish(SampleStates.event(states.completed(CaptureMode.FULL, END), EventType.SNAPSHOT_COMPLETED));
    }

    private void settled(String id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(get("/snapshots/" + id).jsonPath().getString("state"))
                                .isEqualTo(state));
    }

    private Response get(String path) {
        return given().get("/api/v1/tenants/" + tenant + path);
    }
}
