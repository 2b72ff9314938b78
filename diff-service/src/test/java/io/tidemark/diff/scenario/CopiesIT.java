package io.tidemark.diff.scenario;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemark.backends.BackendsResource;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.bundle.BundleWriter;
import io.tidemark.diff.bundle.FolderPlace;
import io.tidemark.diff.bundle.TestKeys;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.Snapshot.Acceptance;
import io.tidemark.diff.seal.Snapshot.Remarks;
import io.tidemark.diff.work.TestTurn;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventPublisher;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Snapshots leave by themselves once they are sealed, and come back into a service that has lost its store. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(FakeSnapshotService.class)
@QuarkusTestResource(CopyPlaces.class)
class CopiesIT {

    private static final Instant T0 = SampleStates.START;
    private static final String LARGE_TEXT = "all of us ".repeat(210_000);

    private final EventPublisher publisher;
    private final MongoClient mongo;
    private final Path places;
    private SampleStates states;

    @Inject
    CopiesIT(EventPublisher publisher, MongoClient mongo, @ConfigProperty(name = "copy.places") Path places) {
        this.publisher = publisher;
        this.mongo = mongo;
        this.places = places;
    }

    @Test
    void aSnapshotLeavesByItselfOnceItIsSealed() {
        String tenant = CopyPlaces.TENANT;
        CaptureReport report = capture(tenant, "c1");
        publisher.publish(states.published().stream().map(SampleStates::event).toList());
        publisher.publish(SampleStates.event(report, EventType.SNAPSHOT_COMPLETED));
        sealed(tenant, "c1");

        JsonPath copied = ended(tenant, "/snapshots/c1/exports/", only(tenant, "/snapshots/c1/exports"));

        assertThat(copied.getString("state")).isEqualTo("DONE");
        assertThat(copied.getLong("copied.bundle.lines")).isEqualTo(33);
        assertThat(places.resolve("vault/" + tenant + "/c1/manifest.json")).exists();
        assertThat(get(tenant, "/copies/bundles?target=vault").jsonPath().getList("snapshots"))
                .containsExactly("c1");
        JsonPath ordered = order(tenant, "/snapshots/c1/exports", Map.of("target", "review"));
        JsonPath committed = ended(tenant, "/snapshots/c1/exports/", ordered.getString("id"));
        assertThat(committed.getLong("copied.commit.changes")).isEqualTo(2);
        assertThat(post(tenant, "/copies/imports", Map.of("target", "vault", "snapshot", "c1"))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void aLostStoreIsRebuiltFromACopyAndAnAlteredCopyIsRefusedBeforeAnythingIsWritten() throws IOException {
        String tenant = CopyPlaces.OTHER_TENANT;
        bundleOfALostStore(tenant, "c1");
        Path file = places.resolve("vault/" + tenant + "/c1/states/user-00001.ndjson.gz.aes");
        byte[] content = Files.readAllBytes(file);
        byte[] altered = content.clone();
        altered[altered.length / 2] ^= 1;
        Files.write(file, altered);

        JsonPath refused = imported(tenant);

        assertThat(refused.getString("state")).isEqualTo("FAILED");
        assertThat(refused.getString("reason")).contains("states/user-00001.ndjson.gz.aes is altered");
        assertThat(get(tenant, "/objects/group/g1").statusCode()).isEqualTo(404);
        Files.write(file, content);

        JsonPath imported = imported(tenant);

        assertThat(imported.getString("reason")).isNull();
        assertThat(imported.getString("imported.state")).isEqualTo("SEALED");
        assertThat(imported.getLong("imported.states")).isEqualTo(33);
        assertThat(get(tenant, "/snapshots/c1").jsonPath().getString("label")).isEqualTo("first");
        assertThat(get(tenant, "/objects/group/g1?at=snapshot:c1").body().asString())
                .contains("\"ratio\":2.50");
        assertThat(get(tenant, "/objects/user/u99?at=snapshot:c1").body().asString())
                .contains("SOFT_DELETED");
        String verification = order(tenant, "/snapshots/c1/verify", Map.of("level", "EVERY_BYTE"))
                .getString("verificationId");
        JsonPath verified = ended(tenant, "/snapshots/c1/verifications/", verification);
        assertThat(verified.getString("verdict.outcome")).isEqualTo("INTACT");
        assertThat(verified.getLong("verdict.texts")).isEqualTo(32);
    }

    @Test
    void noBundleIsTakenIntoATenantThatIsCapturedHereAndCapturesAreToldWhileOneIs() {
        String tenant = CopyPlaces.CAPTURED_TENANT;
        bundleOfALostStore(tenant, "c1");
        FakeSnapshotService.CAPTURED.put(
                tenant, "[{\"state\":\"PUBLISHED\",\"types\":[{\"published\":0},{\"published\":3}]}]");
        assertThat(refusedImport(tenant)).startsWith("the tenant was captured here already");
        FakeSnapshotService.CAPTURED.put(tenant, "[{\"state\":\"FAILED\",\"types\":[]}]");
        assertThat(refusedImport(tenant)).startsWith("the tenant was captured here already");
        FakeSnapshotService.CAPTURED.put(
                tenant, "[{\"state\":\"PUBLISHED\",\"types\":[{\"present\":3,\"published\":0}]}]");
        assertThat(refusedImport(tenant)).startsWith("the tenant was captured here already");
        FakeSnapshotService.CAPTURED.put(tenant, "[{\"state\":\"RUNNING\",\"types\":[]}]");
        JsonPath ordered = order(tenant, "/copies/imports", Map.of("target", "vault", "snapshot", "c1"));

        assertThat(get(tenant, "/live-keys/standing").jsonPath().getBoolean("importing"))
                .isTrue();
        assertThat(ended(tenant, "/copies/imports/", ordered.getString("id")).getString("reason"))
                .startsWith("a capture of the tenant is running");
        assertThat(get(tenant, "/live-keys/standing").jsonPath().getBoolean("importing"))
                .isFalse();
        assertThat(get(tenant, "/objects/group/g1").statusCode()).isEqualTo(404);
        FakeSnapshotService.CAPTURED.put(
                tenant, "[{\"state\":\"QUEUED\",\"types\":[]},{\"state\":\"FAILED\",\"types\":[{\"published\":0}]}]");

        assertThat(imported(tenant).getString("imported.state")).isEqualTo("SEALED");
    }

    @Test
    void aSnapshotThatWasSuspectComesBackSuspectAndRetentionIsFrozenUntilItIsAccepted() {
        String tenant = CopyPlaces.DOUBTED_TENANT;
        List<String> doubts = List.of("user shrank from 60 to 30, by 50 %", "group shrank from 20 to 1, by 95 %");
        bundleOfALostStore(tenant, "c1", doubts);

        JsonPath imported = imported(tenant);

        assertThat(imported.getString("reason")).isNull();
        assertThat(imported.getString("imported.state")).isEqualTo("SUSPECT");
        assertThat(get(tenant, "/snapshots/c1").jsonPath().getList("suspect")).isEqualTo(doubts);
        assertThat(get(tenant, "/snapshots").jsonPath().getList("retention.because"))
                .containsExactly("c1");
        assertThat(post(tenant, "/snapshots/c1/accept", Map.of("by", "ada", "reason", "a site was closed"))
                        .jsonPath()
                        .getString("state"))
                .isEqualTo("SEALED");
        String verification = order(tenant, "/snapshots/c1/verify", Map.of("level", "EVERY_BYTE"))
                .getString("verificationId");
        assertThat(ended(tenant, "/snapshots/c1/verifications/", verification).getString("verdict.outcome"))
                .isEqualTo("INTACT");
    }

    @Test
    void whatOperatorsSaidOfASnapshotComesBackWithItsBundle() {
        String tenant = CopyPlaces.REMARKED_TENANT;
        Acceptance accepted = new Acceptance("ada", "a site was closed", T0.plusSeconds(60));
        bundleOfALostStore(
                tenant,
                "c1",
                Snapshot.State.SEALED,
                List.of("user shrank from 60 to 40, by 33 %"),
                new Remarks("before the merger", true, accepted));

        JsonPath imported = imported(tenant);

        assertThat(imported.getString("reason")).isNull();
        assertThat(imported.getString("imported.state")).isEqualTo("SEALED");
        JsonPath snapshot = get(tenant, "/snapshots/c1").jsonPath();
        assertThat(snapshot.getString("label")).isEqualTo("before the merger");
        assertThat(snapshot.getBoolean("pinned")).isTrue();
        assertThat(snapshot.getList("suspect")).hasSize(1);
        assertThat(snapshot.getString("accepted.by")).isEqualTo("ada");
        assertThat(snapshot.getString("accepted.reason")).isEqualTo("a site was closed");
        assertThat(snapshot.getString("accepted.at")).isEqualTo("2026-05-01T10:01:00Z");
        assertThat(get(tenant, "/snapshots").jsonPath().getList("retention.because"))
                .isEmpty();
        String verification = order(tenant, "/snapshots/c1/verify", Map.of("level", "EVERY_BYTE"))
                .getString("verificationId");
        assertThat(ended(tenant, "/snapshots/c1/verifications/", verification).getString("verdict.outcome"))
                .isEqualTo("INTACT");
    }

    @Test
    void aBodyOfTwoMebibytesComesBackAndComesAgainWhenTheTopicIsReplayed() {
        String tenant = CopyPlaces.LARGE_TENANT;
        bundleOfALostStore(tenant, "c1");

        JsonPath imported = imported(tenant);

        assertThat(imported.getString("reason")).isNull();
        assertThat(imported.getString("imported.state")).isEqualTo("SEALED");
        assertThat(imported.getLong("imported.states")).isEqualTo(34);
        assertThat(get(tenant, "/objects/group/large").body().asString()).contains(LARGE_TEXT);
        String verification = order(tenant, "/snapshots/c1/verify", Map.of("level", "EVERY_BYTE"))
                .getString("verificationId");
        assertThat(ended(tenant, "/snapshots/c1/verifications/", verification).getString("verdict.outcome"))
                .isEqualTo("INTACT");

        ConsumerRecord<String, byte[]> sent = TopicReplay.find(tenant + "|group|large");
        assertThat(sent.value().length).as("a claim in place of the body").isLessThan(2000);
        long gone = mongo.getDatabase("tidemark-diff")
                .getCollection("objects")
                .deleteOne(new Document("_id", tenant + "|group|large"))
                .getDeletedCount();
        assertThat(gone).isEqualTo(1);
        TopicReplay.send(sent);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                get(tenant, "/objects/group/large").body().asString())
                        .contains(LARGE_TEXT));
    }

    @Test
    void badOrdersNameWhatIsWrong() {
        String tenant = "6f1d3c52-5a5e-4b9e-9f0a-7c2d1e0b4a33";

        assertThat(get(tenant, "/copies/targets").jsonPath().getList("targets")).isEmpty();
        assertThat(get(CopyPlaces.TENANT, "/copies/targets").jsonPath().getList("targets.name"))
                .containsExactly("review", "vault");
        Response unknown = post(tenant, "/copies/imports", Map.of("target", "vault", "snapshot", "c1"));
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body().asString()).contains("unknown-target", "'vault'");
        assertThat(post(CopyPlaces.TENANT, "/copies/imports", Map.of("target", "review", "snapshot", "c1"))
                        .body()
                        .asString())
                .contains("no-bundles");
        assertThat(post(tenant, "/copies/imports", Map.of("target", "vault"))
                        .body()
                        .asString())
                .contains("'snapshot'");
        assertThat(post(tenant, "/snapshots/c9/exports", Map.of("target", "vault"))
                        .statusCode())
                .isEqualTo(404);
    }

    private CaptureReport capture(String tenant, String id) {
        states = new SampleStates(TenantId.parse(tenant)).capture(id, T0);
        for (int i = 10; i < 40; i++) {
            states.user("u" + i, "Sales");
        }
        states.object(ObjectKind.GROUP, "g1", "{\"id\":\"g1\",\"displayName\":\"All\",\"ratio\":2.50}");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u10"), "user");
        if (tenant.equals(CopyPlaces.LARGE_TENANT)) {
            states.object(ObjectKind.GROUP, "large", "{\"id\":\"large\",\"description\":\"" + LARGE_TEXT + "\"}");
        }
        states.delete(new StateKey("user", "u99"), Deletion.SOFT);
        CaptureReport report = states.completed(CaptureMode.FULL, T0.plusSeconds(5));
        return new CaptureReport(
                report.tenantId(),
                report.captureId(),
                report.mode(),
                "first",
                true,
                report.startedAt(),
                report.completedAt(),
                report.types(),
                null);
    }

    /** A bundle of a store that this service has never seen. */
    private void bundleOfALostStore(String tenant, String id) {
        bundleOfALostStore(tenant, id, List.of());
    }

    private void bundleOfALostStore(String tenant, String id, List<String> suspect) {
        Snapshot.State state = suspect.isEmpty() ? Snapshot.State.SEALED : Snapshot.State.SUSPECT;
        bundleOfALostStore(tenant, id, state, suspect, new Remarks("first", true, null));
    }

    private void bundleOfALostStore(
            String tenant, String id, Snapshot.State state, List<String> suspect, Remarks remarks) {
        CaptureReport report = capture(tenant, id);
        HistoryStore lost = new MongoHistoryStore(mongo, "lost-" + tenant);
        lost.apply(TenantId.parse(tenant), states.published());
        Snapshot snapshot =
                new Snapshot(TenantId.parse(tenant), id, state, report, T0, suspect, null, T0.plusSeconds(9), remarks);
        TestKeys keys = TestKeys.of(places.resolve("keys"));
        var unused = new BundleWriter(new History(lost), keys.signing(), keys.encryption(), 1 << 20, places)
                .write(
                        new TestTurn(snapshot.tenant(), "export", id),
                        snapshot,
                        new FolderPlace(places.resolve("vault")),
                        "e1");
    }

    private String refusedImport(String tenant) {
        JsonPath refused = imported(tenant);
        assertThat(refused.getString("state")).isEqualTo("FAILED");
        return refused.getString("reason");
    }

    private JsonPath imported(String tenant) {
        JsonPath ordered = order(tenant, "/copies/imports", Map.of("target", "vault", "snapshot", "c1"));
        return ended(tenant, "/copies/imports/", ordered.getString("id"));
    }

    private void sealed(String tenant, String id) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(get(tenant, "/snapshots/" + id).body().asString())
                                .contains("\"state\":\"SEALED\""));
    }

    private String only(String tenant, String path) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get(tenant, path).jsonPath().getList("copies"))
                        .hasSize(1));
        return get(tenant, path).jsonPath().getString("copies[0].id");
    }

    private JsonPath order(String tenant, String path, Map<String, Object> body) {
        Response accepted = post(tenant, path, body);
        assertThat(accepted.statusCode()).as(accepted.body().asString()).isEqualTo(202);
        return accepted.jsonPath();
    }

    private JsonPath ended(String tenant, String path, String id) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(get(tenant, path + id).jsonPath().getString("state"))
                                .isIn("DONE", "FAILED"));
        return get(tenant, path + id).jsonPath();
    }

    private Response post(String tenant, String path, Map<String, Object> body) {
        return given().contentType(ContentType.JSON).body(body).post("/api/v1/tenants/" + tenant + path);
    }

    private Response get(String tenant, String path) {
        return given().get("/api/v1/tenants/" + tenant + path);
    }
}
