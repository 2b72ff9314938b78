package io.tidemark.diff.verify;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.history.MongoStoredStates;
import io.tidemark.diff.seal.MongoSnapshotStore;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.TaskText;
import io.tidemark.diff.work.TestTurn;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Alters every stored field of two sealed snapshots in turn, whatever fields there are, and asks whether a verification of every byte finds it and
 * names whose it is. What need not be found stands here with its reason.
 */
class StoredFieldsIT {

    private static final Instant T0 = SampleStates.START;
    private static final Instant T1 = T0.plusSeconds(3600);
    private static final VerifyOrder EVERY_BYTE = new VerifyOrder(Level.EVERY_BYTE, 1, 0);

    /** Collections that hold nothing of a snapshot. */
    private static final Map<String, String> OTHER_COLLECTIONS = Map.of(
            "snapshots_trusted", "names what the next capture is compared with",
            "snapshots_unsettled", "names what is still to be sealed or told");

    /** Alterations that change nothing of what a snapshot says. */
    private static final Map<String, String> HARMLESS = Map.ofEntries(
            Map.entry("changelog: copied", "no index leads to it"),
            Map.entry("changelog_index: copied", "it is found by exact name only"),
            Map.entry("changelog_index parts[]: repeated", "a list of names; the same may be witnessed twice"),
            Map.entry("seals: copied", "it is found by exact name only"),
            Map.entry("snapshots: copied", "it is found by exact name only"),
            Map.entry("snapshots capture.pinned: removed", "what is missing reads as what was there"),
            Map.entry("snapshots capture.types[].published: removed", "what is missing reads as what was there"),
            Map.entry("snapshots suspect: removed", "what is missing reads as what was there"),
            Map.entry("snapshots ended: removed", "only asked before the seal"),
            Map.entry("snapshots ended: turned", "only asked before the seal"),
            Map.entry("snapshots order: removed", "the place in listings; the moment is guarded"),
            Map.entry("snapshots order: longer", "the place in listings; the moment is guarded"),
            Map.entry("snapshots order: a number", "the place in listings; the moment is guarded"));

    private final String database = Database.fresh();
    private final MongoDatabase store = Database.client().getDatabase(database);
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final MongoSnapshotStore snapshots = new MongoSnapshotStore(Database.client(), database);
    private final Seals seals = new MongoSeals(Database.client(), database);

    @BeforeEach
    void twoSnapshots() {
        MongoHistoryStore history = new MongoHistoryStore(Database.client(), database);
        SampleStates states = new SampleStates(tenant).capture("c1", T0);
        for (String id : List.of("u1", "u2", "u3")) {
            states.user(id, "Sales");
        }
        states.object(ObjectKind.GROUP, "g1", "{\"id\":\"g1\",\"displayName\":\"All\"}");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1"), "user");
        states.at(T0.plusSeconds(1)).delete(new StateKey("user", "u4"), Deletion.SOFT);
        history.apply(
                tenant, states.published().stream().map(StoredFieldsIT::caused).toList());
        seal(states.completed(CaptureMode.FULL, T0.plusSeconds(5)));
        states.capture("c2", T1).user("u2", "Legal");
        states.delete(new StateKey("user", "u3"), Deletion.SOFT);
        history.apply(tenant, states.published());
        seal(states.completed(CaptureMode.FULL, T1.plusSeconds(5)));
    }

    @Test
    void whateverIsAlteredIsFoundAndNamedOrNeedNotBe() {
        assertThat(findings()).isEmpty();
        Map<String, String> notFound = new TreeMap<>();
        Set<String> tried = new TreeSet<>();
        for (String collection : store.listCollectionNames().into(new TreeSet<>())) {
            if (!OTHER_COLLECTIONS.containsKey(collection)) {
                for (Document document : store.getCollection(collection).find().into(new ArrayList<>())) {
                    alter(collection, document, tried, notFound);
                }
            }
        }

        assertThat(findings()).as("everything was put back").isEmpty();
        assertThat(notFound.keySet()).containsExactlyInAnyOrderElementsOf(HARMLESS.keySet());
        assertThat(tried)
                .contains(
                        "objects body: longer",
                        "objects deleted: another word",
                        "objects at: later",
                        "objects capture: longer",
                        "objects causedBy[]: longer",
                        "objects earlier[].hash: another digit",
                        "versions until: later",
                        "changelog keys[]: longer",
                        "snapshots capture.types[].presentDigest: another digit",
                        "snapshots capture.completedAt: later",
                        "snapshots state: another word",
                        "seals sum: another digit",
                        "objects: removed",
                        "objects: copied")
                .hasSizeGreaterThan(120);
    }

    private void alter(String name, Document document, Set<String> tried, Map<String, String> notFound) {
        MongoCollection<Document> collection = store.getCollection(name);
        Object id = document.get("_id");
        StoredFields.alterations(document, (how, altered) -> {
            collection.replaceOne(eq("_id", id), altered);
            examine(name, name + " " + how, document, tried, notFound);
            collection.replaceOne(eq("_id", id), document);
        });
        collection.deleteOne(eq("_id", id));
        examine(name, name + ": removed", document, tried, notFound);
        collection.insertOne(document);
        Document copy = new Document(document).append("_id", id + "x");
        collection.insertOne(copy);
        examine(name, name + ": copied", copy, tried, notFound);
        collection.deleteOne(eq("_id", id + "x"));
    }

    private void examine(
            String collection, String how, Document document, Set<String> tried, Map<String, String> notFound) {
        tried.add(how);
        List<Finding> findings = findings();
        if (findings.stream().noneMatch(finding -> names(collection, document, finding))) {
            notFound.put(how, document.get("_id") + " " + findings);
        }
    }

    /** Whether a finding leads to the altered document: by its name, the object it is of, or what it witnesses. */
    private static boolean names(String collection, Document document, Finding finding) {
        if (collection.startsWith("changelog") && finding.where().equals("change-log")) {
            return true;
        }
        String text = collection.equals("changelog_index") ? "" : document.toString();
        return finding.id() != null && (text.contains(finding.id()) || collection.equals("changelog_index"));
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Set<String> failed = new HashSet<>();
        for (String snapshot : List.of("c1", "c2")) {
            TestTurn turn = new TestTurn(tenant, Verifications.FORM.kind(), snapshot);
            try {
                Verdict verdict = new Verifier(snapshots, new MongoStoredStates(Database.client(), database), seals)
                        .verify(turn, EVERY_BYTE);
                assertThat(verdict.findings()).isEqualTo(turn.lines().size());
            } catch (TaskException e) {
                assertThat(e).hasMessageContaining(snapshot);
                failed.add(snapshot);
            }
            turn.lines().forEach(line -> findings.add(TaskText.read(line, Finding.class)));
        }
        failed.forEach(snapshot -> findings.add(
                new Finding(Finding.Problem.UNREADABLE, null, snapshot, null, "snapshot", "record", null, null)));
        return findings;
    }

    private void seal(CaptureReport report) {
        Snapshot pending = new Snapshot(
                tenant, report.captureId(), Snapshot.State.PENDING, report, report.startedAt(), List.of(), null, null);
        Snapshot sealed = new Snapshot(
                tenant,
                report.captureId(),
                Snapshot.State.SEALED,
                report,
                report.startedAt(),
                List.of(),
                null,
                report.completedAt().plusSeconds(1));
        snapshots.end(pending);
        snapshots.settle(sealed);
        new SealKeeper(seals).sealed(sealed);
        snapshots.announced(sealed);
    }

    private static ObjectState caused(ObjectState state) {
        return new ObjectState(
                state.tenantId(),
                state.objectType(),
                state.objectId(),
                state.stateHash(),
                state.captureId(),
                state.source(),
                state.observedAt(),
                state.deleted(),
                state.body(),
                List.of("audit-1"));
    }
}
