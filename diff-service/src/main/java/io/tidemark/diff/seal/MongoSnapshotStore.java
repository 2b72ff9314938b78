package io.tidemark.diff.seal;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.diff.history.DamagedHistoryException;
import io.tidemark.diff.history.Stamp;
import io.tidemark.diff.seal.Snapshot.Acceptance;
import io.tidemark.diff.seal.Snapshot.Remarks;
import io.tidemark.diff.seal.Snapshot.State;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.store.MongoIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Snapshots in MongoDB: one document each, and a small collection that names those that are not settled. */
@ApplicationScoped
public class MongoSnapshotStore implements SnapshotStore {

    private static final Logger LOG = Logger.getLogger(MongoSnapshotStore.class);
    private static final String ID = "_id";
    private static final String TENANT = "tenant";
    private static final String STATE = "state";
    private static final String ENDED = "ended";
    private static final String ORDER = "order";
    private static final String SNAPSHOT = "snapshot";
    private static final String SUSPECT = "suspect";
    private static final String LABEL = "label";
    private static final String PINNED = "pinned";
    private static final String ACCEPTED = "accepted";
    private static final String STUMBLED = "stumbled";

    private final MongoCollection<Document> snapshots;
    private final MongoCollection<Document> unsettled;
    private final MongoCollection<Document> trusted;
    private final MongoCollection<Document> doubted;
    private final MongoCollection<Document> accounts;
    private final MongoIndex index;
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

    @Inject
    public MongoSnapshotStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        MongoDatabase store = client.getDatabase(database);
        this.snapshots = store.getCollection("snapshots");
        this.index = new MongoIndex(snapshots, Indexes.descending(TENANT, ORDER));
        this.unsettled = store.getCollection("snapshots_unsettled");
        this.trusted = store.getCollection("snapshots_trusted");
        this.doubted = store.getCollection("snapshots_doubted");
        this.accounts = store.getCollection("accounts");
    }

    @Override
    public void begin(Snapshot pending) {
        index.declare();
        Document begun = document(pending, false);
        if (pending.remarks().accepted() != null) {
            begun.append(ACCEPTED, document(pending.remarks().accepted()));
        }
        insert(snapshots, begun);
    }

    @Override
    public void end(Snapshot snapshot) {
        Document known = snapshots
                .find(and(eq(ID, id(snapshot)), eq(ENDED, true)))
                .projection(include(STATE))
                .first();
        if (known != null && !State.PENDING.name().equals(known.getString(STATE))) {
            return;
        }
        // Listed first: if the service is killed between the two, the news comes again and finds no end.
        insert(unsettled, new Document(ID, id(snapshot)));
        Document ended = document(snapshot, true);
        if (!insert(snapshots, ended)) {
            // Doubts that were noted when it began stay.
            ended.remove(SUSPECT);
            snapshots.updateOne(and(eq(ID, id(snapshot)), eq(ENDED, false)), set(ended));
        }
    }

    @Override
    public Optional<Snapshot> find(TenantId tenant, String id) {
        return Optional.ofNullable(snapshots.find(eq(ID, id(tenant, id))).first())
                .filter(document -> !MongoDroppedSnapshot.is(document))
                .map(MongoSnapshotStore::snapshot);
    }

    @Override
    public Optional<DroppedSnapshot> findDropped(TenantId tenant, String id) {
        return Optional.ofNullable(snapshots.find(eq(ID, id(tenant, id))).first())
                .filter(MongoDroppedSnapshot::is)
                .map(MongoDroppedSnapshot::of);
    }

    @Override
    public List<TenantId> trustedTenants() {
        List<TenantId> tenants = new ArrayList<>();
        trusted.find().projection(include(ID)).forEach(found -> tenants.add(TenantId.parse(found.getString(ID))));
        return tenants;
    }

    @Override
    public void eachBefore(TenantId tenant, Instant startedBefore, int limit, Consumer<Snapshot> consumer) {
        index.declare();
        snapshots
                .find(and(eq(TENANT, tenant.toString()), lt(ORDER, Stamp.text(startedBefore))))
                .sort(ascending(ORDER))
                .limit(limit)
                .forEach(document -> consumer.accept(readable(document)
                        .orElseThrow(() ->
                                new DamagedHistoryException("snapshot " + document.get(ID) + " cannot be read"))));
    }

    /** One write: what is left takes the place of the snapshot, out of every list, and keeps a replay of its capture from making it anew. */
    @Override
    public boolean drop(TenantId tenant, DroppedSnapshot dropped) {
        accounts.deleteOne(eq(ID, id(tenant, dropped.id())));
        return snapshots
                        .replaceOne(
                                and(
                                        eq(ID, id(tenant, dropped.id())),
                                        eq(STATE, dropped.was().name()),
                                        ne(PINNED, true)),
                                MongoDroppedSnapshot.document(id(tenant, dropped.id()), dropped))
                        .getMatchedCount()
                > 0;
    }

    @Override
    public Page list(TenantId tenant, int limit, @Nullable String cursor) {
        Bson filter = eq(TENANT, tenant.toString());
        if (cursor != null) {
            filter = and(filter, lt(ORDER, cursor));
        }
        List<Document> found =
                snapshots.find(filter).sort(descending(ORDER)).limit(limit + 1).into(new ArrayList<>());
        List<Document> page = found.size() > limit ? found.subList(0, limit) : found;
        String next = found.size() > limit ? page.get(limit - 1).getString(ORDER) : null;
        return new Page(
                page.stream().map(this::readable).flatMap(Optional::stream).toList(), next);
    }

    @Override
    public List<Snapshot> pending() {
        List<String> ids = new ArrayList<>();
        unsettled.find().forEach(document -> ids.add(document.getString(ID)));
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Snapshot> pending = new ArrayList<>();
        snapshots.find(in(ID, ids)).forEach(document -> readable(document).ifPresent(pending::add));
        return pending;
    }

    @Override
    public void settle(Snapshot snapshot) {
        if (snapshot.state() == State.SUSPECT) {
            insert(
                    doubted,
                    new Document(ID, id(snapshot))
                            .append(TENANT, snapshot.tenant().toString())
                            .append(SNAPSHOT, snapshot.id()));
        }
        snapshots.updateOne(and(eq(ID, id(snapshot)), eq(STATE, State.PENDING.name())), set(document(snapshot, true)));
        trust(snapshot);
    }

    private void trust(Snapshot snapshot) {
        if (snapshot.state() != State.SEALED || !snapshot.isFull()) {
            return;
        }
        Document reference = new Document(ID, snapshot.tenant().toString())
                .append(SNAPSHOT, snapshot.id())
                .append(ORDER, order(snapshot));
        boolean first = insert(trusted, reference);
        if (!first) {
            trusted.replaceOne(and(eq(ID, snapshot.tenant().toString()), lt(ORDER, order(snapshot))), reference);
        }
    }

    @Override
    public void accept(TenantId tenant, String id, Acceptance acceptance) {
        Document accepted = document(acceptance);
        snapshots.updateOne(
                and(eq(ID, id(tenant, id)), eq(STATE, State.SUSPECT.name())),
                new Document("$set", new Document(STATE, State.SEALED.name()).append(ACCEPTED, accepted)));
        find(tenant, id).ifPresent(this::trust);
        doubted.deleteOne(eq(ID, id(tenant, id)));
    }

    @Override
    public void remark(TenantId tenant, String id, @Nullable String label, @Nullable Boolean pinned) {
        Document changed = new Document();
        if (label != null) {
            changed.append(LABEL, label);
        }
        if (pinned != null) {
            changed.append(PINNED, pinned);
        }
        if (!changed.isEmpty()) {
            snapshots.updateOne(
                    and(eq(ID, id(tenant, id)), ne(STATE, MongoDroppedSnapshot.STATE)), new Document("$set", changed));
        }
    }

    @Override
    public List<String> doubted(TenantId tenant) {
        List<String> ids = new ArrayList<>();
        doubted.find(eq(TENANT, tenant.toString())).forEach(document -> ids.add(document.getString(SNAPSHOT)));
        return ids;
    }

    /** What operators have said meanwhile stays. */
    private static Document set(Document ended) {
        Document changed = new Document(ended);
        changed.remove(ID);
        return new Document("$set", changed);
    }

    @Override
    public int stumbled(Snapshot snapshot) {
        Document counted = unsettled.findOneAndUpdate(
                eq(ID, id(snapshot)),
                Updates.inc(STUMBLED, 1),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        return counted == null ? 0 : counted.get(STUMBLED, Number.class).intValue();
    }

    @Override
    public void announced(Snapshot snapshot) {
        // Settling may have been cut off before it came to this.
        trust(snapshot);
        unsettled.deleteOne(eq(ID, id(snapshot)));
    }

    @Override
    public Optional<Snapshot> lastTrusted(TenantId tenant) {
        return Optional.ofNullable(trusted.find(eq(ID, tenant.toString())).first())
                .flatMap(reference -> find(tenant, reference.getString(SNAPSHOT)));
    }

    private static boolean insert(MongoCollection<Document> collection, Document document) {
        try {
            collection.insertOne(document);
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    private static Document document(Acceptance acceptance) {
        return new Document("by", acceptance.by())
                .append("reason", acceptance.reason())
                .append("at", Stamp.text(acceptance.at()));
    }

    private static Document document(Snapshot snapshot, boolean ended) {
        Document document = new Document(ID, id(snapshot))
                .append(TENANT, snapshot.tenant().toString())
                .append(SNAPSHOT, snapshot.id())
                .append(ORDER, order(snapshot))
                .append(STATE, snapshot.state().name())
                .append(ENDED, ended)
                .append("capture", json(snapshot.capture()))
                .append("notedAt", Stamp.text(snapshot.notedAt()))
                .append(SUSPECT, snapshot.suspect());
        if (snapshot.reason() != null) {
            document.append("reason", snapshot.reason());
        }
        if (snapshot.sealedAt() != null) {
            document.append("sealedAt", Stamp.text(snapshot.sealedAt()));
        }
        return document;
    }

    /** One document that was altered holds up no other; whoever asks for it by its id, or verifies it, hears of it. */
    private Optional<Snapshot> readable(Document document) {
        if (MongoDroppedSnapshot.is(document)) {
            return Optional.empty();
        }
        try {
            return Optional.of(snapshot(document));
        } catch (RuntimeException e) {
            String id = String.valueOf(document.get(ID));
            if (unreadable.add(id)) {
                LOG.errorf(
                        "stored snapshot not readable, left out id=%s reason=%s",
                        id, e.getClass().getSimpleName());
            }
            return Optional.empty();
        }
    }

    private static Snapshot snapshot(Document document) {
        @Nullable String sealedAt = document.getString("sealedAt");
        CaptureReport capture = capture(document.getString("capture"));
        return new Snapshot(
                TenantId.parse(document.getString(TENANT)),
                document.getString(SNAPSHOT),
                State.valueOf(document.getString(STATE)),
                capture,
                Stamp.parse(document.getString("notedAt")),
                document.getList(SUSPECT, String.class, List.of()),
                document.getString("reason"),
                sealedAt == null ? null : Stamp.parse(sealedAt),
                remarks(document, capture));
    }

    private static Remarks remarks(Document document, CaptureReport capture) {
        @Nullable String label = document.containsKey(LABEL) ? document.getString(LABEL) : capture.label();
        @Nullable Document accepted = document.get(ACCEPTED, Document.class);
        return new Remarks(
                label == null || label.isEmpty() ? null : label,
                document.getBoolean(PINNED, capture.pinned()),
                accepted == null
                        ? null
                        : new Acceptance(
                                accepted.getString("by"),
                                accepted.getString("reason"),
                                Stamp.parse(accepted.getString("at"))));
    }

    private static String order(Snapshot snapshot) {
        return Stamp.text(snapshot.capture().startedAt()) + "|" + snapshot.id();
    }

    private static String id(Snapshot snapshot) {
        return id(snapshot.tenant(), snapshot.id());
    }

    private static String id(TenantId tenant, String snapshotId) {
        return tenant + "|" + snapshotId;
    }

    private static String json(CaptureReport capture) {
        try {
            return MessageCodec.mapper().writeValueAsString(capture);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("capture report cannot be written", e);
        }
    }

    private static CaptureReport capture(String json) {
        try {
            return MessageCodec.mapper().readValue(json, CaptureReport.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored capture report cannot be read", e);
        }
    }
}
