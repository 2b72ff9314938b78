package io.tidemark.diff.verify;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.BodySum;
import io.tidemark.diff.history.DamagedHistoryException;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.history.MongoStoredStates;
import io.tidemark.diff.history.Stamp;
import io.tidemark.diff.verify.Finding.Problem;
import io.tidemark.diff.verify.Verdict.Outcome;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An object that has changed every five minutes for a long time. */
class ManyVersionsIT {

    private static final Instant T0 = SampleStates.START;
    private static final int VERSIONS = 600;
    private static final long EVERY = 300;
    private static final VerifyOrder EVERY_BYTE = new VerifyOrder(Level.EVERY_BYTE, 1, 0);

    private final String database = Database.fresh();
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);
    private final MongoHistoryStore history = new MongoHistoryStore(Database.client(), database);
    private final List<Finding> findings = new ArrayList<>();
    private final List<CaptureReport> reports = new ArrayList<>();

    @BeforeEach
    void months() {
        for (int i = 0; i < VERSIONS; i++) {
            states.capture("c" + i, at(i));
            if (i == 0) {
                states.user("u2", "Sales");
            }
            states.user("u1", "D" + i);
            history.apply(tenant, states.published());
            reports.add(states.completed(CaptureMode.FULL, at(i).plusSeconds(5)));
        }
    }

    @Test
    void itsDocumentIsNoLargerThanAfterAFewDays() {
        long size = Database.client()
                .getDatabase(database)
                .getCollection("objects", RawBsonDocument.class)
                .find(eq("_id", tenant + "|user|u1"))
                .first()
                .getByteBuffer()
                .remaining();

        assertThat(size).isLessThan(16 * 1024);
    }

    @Test
    void everySnapshotOfItIsShownAndVerified() {
        for (int i : List.of(0, 1, 300, VERSIONS - 70, VERSIONS - 60, VERSIONS - 1)) {
            assertThat(new History(history)
                            .spans(tenant, List.of(new StateKey("user", "u1")), at(i).plusSeconds(5), at(i + 1)))
                    .singleElement()
                    .satisfies(span -> assertThat(span.before().properties().findString("department"))
                            .contains("D" + i));
            assertThat(verify(i)).as("snapshot %d", i).isEqualTo(Outcome.INTACT);
        }
    }

    @Test
    void whatIsMissingOfLongAgoIsNotShownAsWhatWasBeforeIt() {
        StateKey key = new StateKey("user", "u1");
        var unused = Database.client()
                .getDatabase(database)
                .getCollection("versions")
                .deleteOne(eq("_id", tenant + "|user|u1|" + Stamp.text(at(7))));
        History shown = new History(history);

        assertThatThrownBy(() -> shown.spans(tenant, List.of(key), at(7).plusSeconds(5), at(7).plusSeconds(5)))
                .isInstanceOf(DamagedHistoryException.class)
                .hasMessageContaining("user/u1");
        assertThat(shown.spans(tenant, List.of(key), at(6), at(8))
                        .get(0)
                        .before()
                        .properties()
                        .findString("department"))
                .contains("D6");
    }

    @Test
    void damageToAVersionOfLongAgoIsNamed() {
        String forged = "{\"id\":\"u1\",\"department\":\"Board\"}";
        change("versions", "user|u1|" + Stamp.text(at(7)), "body", forged);

        verify(7);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("u1");
            assertThat(finding.what()).isEqualTo("body");
            assertThat(finding.at()).isEqualTo(at(7));
        });
    }

    @Test
    void aForgedVersionOfLongAgoIsNamedEvenIfAllItsDigestsFit() {
        String forged = "{\"id\":\"u1\",\"department\":\"Board\"}";
        change("versions", "user|u1|" + Stamp.text(at(7)), "body", forged);
        change("versions", "user|u1|" + Stamp.text(at(7)), "sum", BodySum.of(forged));
        change("versions", "user|u1|" + Stamp.text(at(7)), "hash", "0".repeat(64));

        verify(7);

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.ALTERED);
            assertThat(finding.id()).isEqualTo("u1");
            assertThat(finding.what()).isEqualTo("hash");
            assertThat(finding.at()).isEqualTo(at(7));
        });
    }

    @Test
    void aVersionOfLongAgoThatIsGoneIsNamed() {
        collection("versions").deleteOne(eq("_id", tenant + "|user|u1|" + Stamp.text(at(7))));

        verify(7);

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.MISSING);
            assertThat(finding.id()).isEqualTo("u1");
            assertThat(finding.at()).isEqualTo(at(7));
        });
    }

    @Test
    void aVersionThatWasSlippedInIsNamed() {
        Document copy = collection("versions")
                .find(eq("_id", tenant + "|user|u1|" + Stamp.text(at(7))))
                .first();
        Instant between = at(7).plusSeconds(60);
        collection("versions")
                .insertOne(copy.append("_id", tenant + "|user|u1|" + Stamp.text(between))
                        .append("at", Stamp.text(between)));

        verify(9);

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.problem()).isEqualTo(Problem.ADDED);
            assertThat(finding.id()).isEqualTo("u1");
            assertThat(finding.at()).isEqualTo(between);
        });
    }

    @Test
    void aDocumentThatSaysNoLongerThatThereAreOlderVersionsIsNamed() {
        collection("objects")
                .updateOne(eq("_id", tenant + "|user|u1"), com.mongodb.client.model.Updates.unset("older"));

        verify(7);

        assertThat(findings)
                .isNotEmpty()
                .allMatch(finding -> "u1".equals(finding.id()) || "user".equals(finding.type()));
    }

    @Test
    void aHistoryThatListsAllItsVersionsIsReadVerifiedAndCutByTheNext() {
        listAllVersions();
        assertThat(verify(7)).isEqualTo(Outcome.INTACT);

        states.capture("later", at(VERSIONS)).user("u1", "Later");
        history.apply(tenant, states.published());

        itsDocumentIsNoLargerThanAfterAFewDays();
        assertThat(verify(7)).isEqualTo(Outcome.INTACT);
        everySnapshotOfItIsShownAndVerified();
    }

    /** As documents were written before there was a bound. */
    private void listAllVersions() {
        Document known =
                collection("objects").find(eq("_id", tenant + "|user|u1")).first();
        List<Document> marks = new ArrayList<>();
        collection("versions")
                .find(lte("_id", tenant + "|user|u1}"))
                .sort(Sorts.ascending("_id"))
                .forEach(version -> marks.add(new Document("at", version.get("at"))
                        .append("hash", version.get("hash"))
                        .append("sum", version.get("sum"))));
        known.append("earlier", marks).remove("older");
        StringBuilder origin = new StringBuilder();
        for (String field : List.of("_id", "tenant", "type", "capture", "causedBy", "until")) {
            origin.append(known.get(field)).append('\n');
        }
        collection("objects")
                .replaceOne(eq("_id", known.get("_id")), known.append("origin", BodySum.of(origin.toString())));
    }

    private Outcome verify(int snapshot) {
        CaptureReport report = reports.get(snapshot);
        findings.clear();
        return new SnapshotCheck(
                        new MongoStoredStates(Database.client(), database),
                        tenant,
                        report.completedAt(),
                        EVERY_BYTE,
                        findings::add,
                        beat -> {})
                .against(report.types())
                .outcome();
    }

    private static Instant at(int version) {
        return T0.plusSeconds(EVERY * version);
    }

    private void change(String name, String id, String field, String value) {
        assertThat(collection(name)
                        .updateOne(eq("_id", tenant + "|" + id), set(field, value))
                        .getModifiedCount())
                .isEqualTo(1);
    }

    private MongoCollection<Document> collection(String name) {
        return Database.client().getDatabase(database).getCollection(name);
    }
}
