package io.tidemark.diff.verify;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.mongodb.client.MongoCollection;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.BodySum;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.history.MongoStoredStates;
import io.tidemark.diff.history.Stamp;
import io.tidemark.diff.verify.Finding.Problem;
import io.tidemark.diff.verify.Verdict.Outcome;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damages the store by hand and looks whether it is noticed. */
class SnapshotCheckIT {

    private static final Instant T0 = SampleStates.START;
    private static final Instant T1 = T0.plusSeconds(3600);
    private static final VerifyOrder EVERY_BYTE = new VerifyOrder(Level.EVERY_BYTE, 1, 0);
    private static final VerifyOrder STRUCTURE = new VerifyOrder(Level.STRUCTURE, 1, 0);
    private static final String OTHER_HASH = "0".repeat(64);

    private final String database = Database.fresh();
    private final MongoCollection<Document> objects = collection("objects");
    private final MongoCollection<Document> versions = collection("versions");
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);
    private final List<Finding> findings = new ArrayList<>();
    private CaptureReport first;

    /** Forty users and a group; later one user has moved and another is gone, so that the first snapshot needs superseded versions. */
    @BeforeEach
    void history() {
        MongoHistoryStore history = new MongoHistoryStore(Database.client(), database);
        states.capture("c1", T0);
        for (int i = 10; i < 50; i++) {
            states.user("u" + i, "Sales");
        }
        states.object(ObjectKind.GROUP, "g1", "{\"id\":\"g1\",\"displayName\":\"All\"}");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u10"), "user");
        history.apply(tenant, states.published());
        first = states.completed(CaptureMode.FULL, T0.plusSeconds(5));
        states.capture("c2", T1);
        states.user("u11", "Legal");
        states.delete(new StateKey("user", "u12"), Deletion.SOFT);
        history.apply(tenant, states.published());
    }

    @Test
    void anUntouchedSnapshotIsIntact() {
        Verdict verdict = verify(EVERY_BYTE);

        assertThat(findings).isEmpty();
        assertThat(verdict.outcome()).isEqualTo(Outcome.INTACT);
        assertThat(verdict.texts()).isEqualTo(42);
        assertThat(verdict.otherForm()).isZero();
        assertThat(verdict.types()).allMatch(type -> type.storedDigest().equals(type.sealedDigest()));
    }

    @Test
    void aChangedBodyOfANewestVersionIsNamedWithBothDigests() {
        String forged = "{\"id\":\"u20\",\"displayName\":\"Person u20\",\"department\":\"Board\"}";
        change(objects, "user|u20", "body", forged);

        assertThat(verify(EVERY_BYTE).outcome()).isEqualTo(Outcome.DAMAGED);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.ALTERED);
            assertThat(finding.type()).isEqualTo("user");
            assertThat(finding.id()).isEqualTo("u20");
            assertThat(finding.what()).isEqualTo("body");
            assertThat(finding.found()).isEqualTo(BodySum.of(forged));
            assertThat(finding.expected()).hasSize(32).isNotEqualTo(finding.found());
        });
        assertThat(findings.toString()).doesNotContain("Board", "Person");
    }

    @Test
    void aChangedBodyOfASupersededVersionIsNamed() {
        change(versions, "user|u11|" + Stamp.text(T0), "body", "{\"id\":\"u11\"}");

        verify(EVERY_BYTE);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("u11");
            assertThat(finding.what()).isEqualTo("body");
            assertThat(finding.at()).isEqualTo(T0);
        });
    }

    @Test
    void aChangedHashIsFoundWithoutReadingAnyBody() {
        change(objects, "user|u21", "hash", OTHER_HASH);

        verify(STRUCTURE);

        assertThat(findings)
                .anySatisfy(finding -> {
                    assertThat(finding.id()).isEqualTo("u21");
                    assertThat(finding.what()).isEqualTo("hash");
                    assertThat(finding.found()).isEqualTo(OTHER_HASH);
                })
                .anySatisfy(finding -> {
                    assertThat(finding.where()).isEqualTo("account");
                    assertThat(finding.type()).isEqualTo("user");
                    assertThat(finding.what()).isEqualTo("digest");
                });
        assertThat(findings).hasSize(2);
    }

    @Test
    void aChangedHashOfASupersededVersionIsFound() {
        change(versions, "user|u11|" + Stamp.text(T0), "hash", OTHER_HASH);

        verify(STRUCTURE);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("u11");
            assertThat(finding.found()).isEqualTo(OTHER_HASH);
        });
    }

    @Test
    void anObjectRewrittenWithAllItsDigestsIsStillNamed() {
        SampleStates forger = new SampleStates(tenant).capture("c1", T0);
        var forged = forger.user("u22", "Board");
        String text = "{\"id\":\"u22\",\"displayName\":\"Person u22\",\"department\":\"Board\"}";
        change(objects, "user|u22", "body", text);
        change(objects, "user|u22", "sum", BodySum.of(text));
        change(objects, "user|u22", "hash", forged.stateHash());

        verify(STRUCTURE);

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.id()).isEqualTo("u22");
            assertThat(finding.what()).isEqualTo("hash");
            assertThat(finding.found()).isEqualTo(forged.stateHash());
        });
    }

    @Test
    void aDeletedVersionIsNamed() {
        versions.deleteOne(eq("_id", tenant + "|user|u12|" + Stamp.text(T0)));

        verify(STRUCTURE);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.MISSING);
            assertThat(finding.id()).isEqualTo("u12");
            assertThat(finding.at()).isEqualTo(T0);
        });
    }

    @Test
    void aDeletedObjectIsNamedThoughNothingOfItIsLeft() {
        objects.deleteOne(eq("_id", tenant + "|group.members|g1~u10"));

        verify(STRUCTURE);

        assertThat(findings)
                .anySatisfy(finding -> {
                    assertThat(finding.problem()).isEqualTo(Problem.MISSING);
                    assertThat(finding.type()).isEqualTo("group.members");
                    assertThat(finding.id()).isEqualTo("g1~u10");
                })
                .anySatisfy(finding -> assertThat(finding.what()).isEqualTo("count"));
    }

    @Test
    void anAddedObjectIsNamed() {
        Document copy = objects.find(eq("_id", tenant + "|user|u30")).first();
        objects.insertOne(copy.append("_id", tenant + "|user|u99"));

        verify(STRUCTURE);

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.ADDED);
            assertThat(finding.id()).isEqualTo("u99");
        });
    }

    @Test
    void anAddedVersionIsNamed() {
        Document copy =
                versions.find(eq("_id", tenant + "|user|u11|" + Stamp.text(T0))).first();
        Instant earlier = T0.minusSeconds(60);
        versions.insertOne(
                copy.append("_id", tenant + "|user|u11|" + Stamp.text(earlier)).append("at", Stamp.text(earlier)));

        verify(STRUCTURE);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.ADDED);
            assertThat(finding.id()).isEqualTo("u11");
            assertThat(finding.at()).isEqualTo(earlier);
        });
    }

    @Test
    void twoObjectsWhoseBodiesAreSwappedAreBothNamed() {
        String a = objects.find(eq("_id", tenant + "|user|u40")).first().getString("body");
        String b = objects.find(eq("_id", tenant + "|user|u41")).first().getString("body");
        change(objects, "user|u40", "body", b);
        change(objects, "user|u41", "body", a);

        verify(EVERY_BYTE);

        assertThat(findings).extracting(Finding::id).containsExactlyInAnyOrder("u40", "u41");
    }

    @Test
    void anAlteredChangeLogIsNamed() {
        MongoCollection<Document> changelog = collection("changelog");
        Document segment = changelog.find().first();
        String entries = segment.getString("keys");
        changelog.updateOne(
                eq("_id", segment.getString("_id")), set("keys", entries.substring(entries.indexOf('\u001f') + 1)));

        verify(STRUCTURE);

        assertThat(findings).anySatisfy(finding -> assertThat(finding.where()).isEqualTo("change-log"));
    }

    @ParameterizedTest
    @CsvSource({
        "first,0001-01-01T00:00:00.000000000Z",
        "first,1871-01-18T12:00:00.000000000Z",
        "first,2026-05-01T09:00:00.000000000Z",
        "last,9999-12-31T23:00:00.000000000Z",
        "last,soon"
    })
    void aChangeLogThatSaysThatItGoesOverCenturiesIsDamagedAndNotGoneThrough(String end, String moment) {
        collection("changelog_index").updateOne(eq("_id", tenant.toString()), set(end, moment));

        assertThat(assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> verify(STRUCTURE).outcome()))
                .isEqualTo(Outcome.DAMAGED);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.where()).isEqualTo("change-log");
            assertThat(finding.id()).isEqualTo(tenant.toString());
        });
        assertThatThrownBy(() -> assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> new MongoHistoryStore(Database.client(), database)
                                .changedBetween(tenant, Instant.EPOCH, History.NEWEST)))
                .hasMessageContaining("the root of the change log of tenant " + tenant + " is damaged");
    }

    @Test
    void aDocumentThatCannotBeReadIsNamedAndHidesNothingElse() {
        change(objects, "user|u25", "at", "yesterday");
        change(objects, "user|u26", "body", "{}");

        verify(EVERY_BYTE);

        assertThat(findings)
                .anySatisfy(finding -> assertThat(finding.problem()).isEqualTo(Problem.UNREADABLE))
                .anySatisfy(finding -> assertThat(finding.id()).isEqualTo("u26"));
    }

    @Test
    void aSampleTakesTheSameShareForTheSameSeed() {
        change(objects, "user|u27", "body", "{}");
        List<Boolean> seen = new ArrayList<>();
        long texts = 0;

        for (long seed = 0; seed < 40; seed++) {
            VerifyOrder order = new VerifyOrder(Level.SAMPLE, 0.25, seed);
            findings.clear();
            Verdict once = verify(order);
            boolean found = !findings.isEmpty();
            findings.clear();
            Verdict again = verify(order);

            assertThat(again).isEqualTo(once);
            assertThat(!findings.isEmpty()).isEqualTo(found);
            seen.add(found);
            texts += once.texts();
        }

        assertThat(seen).contains(true, false);
        assertThat(texts / 40.0).isBetween(42 * 0.1, 42 * 0.45);
    }

    private Verdict verify(VerifyOrder order) {
        AtomicLong beats = new AtomicLong();
        return new SnapshotCheck(
                        new MongoStoredStates(Database.client(), database),
                        tenant,
                        first.completedAt(),
                        order,
                        findings::add,
                        beats::set)
                .against(first.types());
    }

    private void change(MongoCollection<Document> collection, String id, String field, String value) {
        assertThat(collection
                        .updateOne(eq("_id", tenant + "|" + id), set(field, value))
                        .getModifiedCount())
                .isEqualTo(1);
    }

    private MongoCollection<Document> collection(String name) {
        return Database.client().getDatabase(database).getCollection(name);
    }
}
