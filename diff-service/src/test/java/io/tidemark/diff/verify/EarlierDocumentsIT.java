package io.tidemark.diff.verify;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.BodySum;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.KeyHistory;
import io.tidemark.diff.history.MongoHistoryStore;
import io.tidemark.diff.history.MongoStoredStates;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Histories as they were written when digests were kept as text, documents named their tenant and type, and the change log kept lists. */
class EarlierDocumentsIT {

    private static final Instant T0 = SampleStates.START;
    private static final Instant T1 = T0.plusSeconds(3600);

    private final String database = Database.fresh();
    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SampleStates states = new SampleStates(tenant);
    private final MongoHistoryStore history = new MongoHistoryStore(Database.client(), database);
    private final List<Finding> findings = new ArrayList<>();
    private List<ObjectState> sent = List.of();
    private CaptureReport first;

    @BeforeEach
    void history() {
        states.capture("c1", T0);
        states.user("u1", "Sales");
        states.user("u2", "Sales");
        states.user("u3", "Sales");
        states.link(Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1"), "user");
        sent = states.published();
        history.apply(tenant, sent);
        first = states.completed(CaptureMode.FULL, T0.plusSeconds(5));
        states.capture("c2", T1).user("u2", "Legal");
        states.delete(new StateKey("user", "u3"), Deletion.SOFT);
        history.apply(tenant, states.published());
    }

    @Test
    void areReadAndVerifiedAsEver() {
        Map<StateKey, KeyHistory> before = known();

        writeAsBefore();

        assertThat(known()).isEqualTo(before).hasSize(4);
        assertThat(history.changedBetween(tenant, T0, T1))
                .containsExactly(new StateKey("user", "u2"), new StateKey("user", "u3"));
        assertThat(verified()).isEqualTo(Verdict.Outcome.INTACT);
    }

    @Test
    void goOnInTheNewForm() {
        writeAsBefore();
        int again = history.apply(tenant, sent);
        states.capture("c3", T1.plusSeconds(3600)).user("u1", "Legal");
        states.user("u2", "Board");
        int added = history.apply(tenant, states.published());

        assertThat(again).isZero();
        assertThat(added).isEqualTo(2);
        assertThat(known().get(new StateKey("user", "u2")).earlier()).hasSize(2);
        assertThat(verified()).isEqualTo(Verdict.Outcome.INTACT);
    }

    @Test
    void damageToThemIsFound() {
        writeAsBefore();
        MongoCollection<Document> objects = collection("objects");
        Document altered = objects.find(eq("_id", tenant + "|user|u1")).first().append("type", "group");
        objects.replaceOne(eq("_id", altered.get("_id")), altered);

        assertThat(verified()).isEqualTo(Verdict.Outcome.DAMAGED);
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("u1");
            assertThat(finding.what()).isEqualTo("origin");
        });
    }

    private Map<StateKey, KeyHistory> known() {
        return history.find(tenant, sent.stream().map(ObjectState::key).toList());
    }

    private Verdict.Outcome verified() {
        assertThat(new History(history).spans(tenant, known().keySet(), T0, T1)).hasSize(4);
        return new SnapshotCheck(
                        new MongoStoredStates(Database.client(), database),
                        tenant,
                        first.completedAt(),
                        new VerifyOrder(Level.EVERY_BYTE, 1, 0),
                        findings::add,
                        beat -> {})
                .against(first.types())
                .outcome();
    }

    private void writeAsBefore() {
        for (String name : List.of("objects", "versions")) {
            rewrite(name, document -> {
                String key = document.getString("_id");
                document.append("tenant", tenant.toString()).append("type", key.split("\\|")[1]);
                StringBuilder origin = new StringBuilder();
                for (String field : List.of("_id", "tenant", "type", "capture", "causedBy", "until")) {
                    origin.append(document.get(field)).append('\n');
                }
                withTexts(document);
                document.getList("earlier", Document.class, List.of()).forEach(EarlierDocumentsIT::withTexts);
                document.append("origin", BodySum.of(origin.toString()));
            });
        }
        rewrite(
                "changelog",
                document -> document.append(
                        "keys", List.of(document.getString("keys").split("\u001f"))));
    }

    private void rewrite(String name, java.util.function.Consumer<Document> change) {
        MongoCollection<Document> collection = collection(name);
        for (Document document : collection.find().into(new ArrayList<>())) {
            change.accept(document);
            collection.replaceOne(eq("_id", document.get("_id")), document);
        }
    }

    private static void withTexts(Document document) {
        document.replaceAll((field, value) ->
                value instanceof Binary digest ? HexFormat.of().formatHex(digest.getData()) : value);
    }

    private MongoCollection<Document> collection(String name) {
        return Database.client().getDatabase(database).getCollection(name);
    }
}
