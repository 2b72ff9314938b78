package io.tidemark.diff.scenario;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.contracts.EventType;
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
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What moves while a capture reads is found from its snapshot, and flagged in reports. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(FakeSnapshotService.class)
class MovedIT {

    private static final Instant T0 = SampleStates.START;
    private static final Instant END = T0.plusSeconds(60);

    private final EventPublisher publisher;
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);

    @Inject
    MovedIT(EventPublisher publisher) {
        this.publisher = publisher;
    }

    @Test
    void whatTheAuditLogTellsOfTheTimeOfACaptureIsMarkedAlsoWhenItComesAfterTheSeal() {
        users("c1", T0, END, 9);
        settled("c1");
        assertThat(moved("c1")).isEmpty();

        tell(
                event("early", Operation.UPDATE, "u1", T0.minusMillis(1)),
                event("first", Operation.UPDATE, "u2", T0),
                event("middle", Operation.UPDATE, "u3", T0.plusSeconds(30)),
                event("again", Operation.UPDATE, "u3", T0.plusSeconds(40)),
                event("gone", Operation.DELETE, "u4", T0.plusSeconds(31)),
                event("born", Operation.CREATE, "u99", T0.plusSeconds(32)),
                event("last", Operation.UPDATE, "u5", END),
                event("late", Operation.UPDATE, "u6", END.plusMillis(1)),
                SampleStates.failed(event("failed", Operation.UPDATE, "u7", T0.plusSeconds(33))),
                states.change("other", Operation.UPDATE, new StateKey("group", "g1"), T0.plusSeconds(34), List.of()));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(moved("c1"))
                        .containsExactly(
                                "user|u2 [CHANGED] [first]",
                                "user|u3 [CHANGED] [middle, again]",
                                "user|u4 [DELETED] [gone]",
                                "user|u5 [CHANGED] [last]",
                                "user|u99 [CREATED] [born]"));
        assertThat(get("/snapshots/c1").jsonPath().getMap("moved")).isEqualTo(Map.of("user", 5));
        JsonPath page = get("/snapshots/c1/moved?limit=2").jsonPath();
        assertThat(page.getString("from")).isEqualTo(T0.toString());
        assertThat(page.getString("to")).isEqualTo(END.toString());
        assertThat(page.getString("moved[1].firstAt"))
                .isEqualTo(T0.plusSeconds(30).toString());
        assertThat(page.getString("moved[1].lastAt"))
                .isEqualTo(T0.plusSeconds(40).toString());
    }

    @Test
    void whatWasReadInTwoStatesByOneCaptureIsMarkedThoughNoEventTellsOfIt() {
        users("c1", T0, END, 4);
        settled("c1");
        states.capture("c2", T0.plusSeconds(600));
        states.user("u1", "Legal");
        states.at(T0.plusSeconds(610)).user("u1", "Board");
        states.user("u2", "Legal");
        states.at(T0.plusSeconds(620)).delete(new StateKey("user", "u2"), Deletion.SOFT);
        states.user("u3", "Legal");
        states.at(T0.plusSeconds(600));
        publish(T0.plusSeconds(660));
        settled("c2");

        assertThat(moved("c2")).containsExactly("user|u1 [CHANGED] []", "user|u2 [DELETED] []");
        assertThat(get("/snapshots/c2/moved").jsonPath().getList("moved[0].readings"))
                .containsExactly(
                        T0.plusSeconds(600).toString(), T0.plusSeconds(610).toString());
        assertThat(moved("c1")).isEmpty();
    }

    @Test
    void aReportFlagsWhatMovedWhileEitherMomentWasRead() {
        Link membership = Link.of(LinkKind.GROUP_MEMBERS, "g1", "u2");
        users("c1", T0, END, 4);
        settled("c1");
        states.capture("c2", T0.plusSeconds(7200));
        for (int i = 1; i < 4; i++) {
            states.user("u" + i, "Legal");
        }
        states.link(membership, "user");
        publish(T0.plusSeconds(7260));
        settled("c2");
        tell(
                event("before", Operation.UPDATE, "u1", T0.plusSeconds(1)),
                event("between", Operation.UPDATE, "u2", T0.plusSeconds(3600)),
                event("during", Operation.UPDATE, "u3", T0.plusSeconds(7230)),
                states.change(
                        "joined",
                        Operation.LINK,
                        new StateKey("group", "g1"),
                        T0.plusSeconds(7231),
                        List.of(new Related("member", "user", "u2"))));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(moved("c2")).hasSize(2).contains("group.members|g1~u2 [CREATED] [joined]"));

        List<Map<String, Object>> items = items("snapshot:c1", "snapshot:c2");

        assertThat(items)
                .filteredOn(item -> Boolean.TRUE.equals(item.get("moved")))
                .extracting(item -> item.get("id"))
                .containsExactlyInAnyOrder("u1", "u3", "g1");
        assertThat(items)
                .filteredOn(item -> item.get("id").equals("u2"))
                .singleElement()
                .satisfies(item -> assertThat(item).doesNotContainKey("moved"));
    }

    @Test
    void whatIsAskedWronglyIsSaid() {
        publisher.publish(
                SampleStates.event(states.capture("c1", T0).started(CaptureMode.FULL), EventType.SNAPSHOT_STARTED));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(get("/snapshots/c1").statusCode()).isEqualTo(200));

        assertThat(get("/snapshots/c1/moved").statusCode()).isEqualTo(409);
        assertThat(get("/snapshots/c9/moved").statusCode()).isEqualTo(404);
        users("c1", T0, END, 1);
        settled("c1");
        assertThat(get("/snapshots/c1/moved?cursor=nonsense").statusCode()).isEqualTo(400);
        assertThat(get("/snapshots?cursor=AAAA").statusCode()).isEqualTo(400);
        assertThat(get("/snapshots/c1/moved?limit=0").statusCode()).isEqualTo(400);
    }

    /** All that moved, page by page. */
    private List<String> moved(String snapshot) {
        List<String> moved = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page =
                    get("/snapshots/" + snapshot + "/moved?limit=2" + cursor).jsonPath();
            List<Map<String, Object>> shown = page.getList("moved");
            shown.forEach(one -> moved.add(
                    one.get("type") + "|" + one.get("id") + " " + one.get("what") + " " + one.get("auditIds")));
            cursor = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
        } while (cursor != null);
        return moved;
    }

    private List<Map<String, Object>> items(String from, String to) {
        String id = given().contentType(ContentType.JSON)
                .body(Map.of("from", from, "to", to))
                .post(url("/reports"))
                .then()
                .statusCode(202)
                .extract()
                .path("reportId");
        until(() -> get("/reports/" + id).jsonPath().getString("state"), "READY");
        return get("/reports/" + id + "/items").jsonPath().getList("items");
    }

    private void users(String capture, Instant at, Instant end, int count) {
        states.capture(capture, at);
        for (int i = 0; i < count; i++) {
            states.user("u" + i, "Sales");
        }
        publish(end);
    }

    private void publish(Instant completed) {
        publisher.publish(states.published().stream().map(SampleStates::event).toList());
        publisher.publish(
                SampleStates.event(states.completed(CaptureMode.FULL, completed), EventType.SNAPSHOT_COMPLETED));
    }

    private ChangeRecorded event(String auditId, Operation operation, String user, Instant at) {
        return states.change(auditId, operation, new StateKey("user", user), at, List.of());
    }

    private void tell(ChangeRecorded... events) {
        for (ChangeRecorded event : events) {
            publisher.publish(SampleStates.event(event));
        }
    }

    private void settled(String id) {
        until(() -> get("/snapshots/" + id).jsonPath().getString("state"), "SEALED");
    }

    private static void until(Supplier<String> state, String wanted) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(state.get()).isEqualTo(wanted));
    }

    private Response get(String path) {
        return given().get("/api/v1/tenants/" + tenant + path);
    }

    private String url(String path) {
        return "/api/v1/tenants/" + tenant + path;
    }
}
