package io.tidemark.diff.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.store.MongoIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * History in MongoDB: {@code objects} holds one document per key with its newest version and the marks of the newest before, {@code
 * versions} the superseded ones. Written in an order that makes every interruption harmless: superseded versions, change log, and last the key's own
 * document, by compare-and-set on the moment of its newest version.
 */
@ApplicationScoped
public class MongoHistoryStore implements HistoryStore {

    private static final int CHUNK = 1000;
    private static final int PAGE = 1000;
    private static final int ATTEMPTS = 20;
    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> objects;
    private final MongoCollection<Document> versions;
    private final MongoChangelog changelog;
    private final MongoIndex index;

    @Inject
    public MongoHistoryStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        MongoDatabase store = client.getDatabase(database);
        this.objects = store.getCollection("objects");
        this.versions = store.getCollection("versions");
        this.index = new MongoIndex(versions, Indexes.ascending(MongoDocuments.TENANT, MongoDocuments.UNTIL));
        this.changelog = new MongoChangelog(store);
    }

    @Override
    public int apply(TenantId tenant, List<ObjectState> states) {
        int changed = 0;
        for (int start = 0; start < states.size(); start += CHUNK) {
            changed += applyChunk(tenant, states.subList(start, Math.min(start + CHUNK, states.size())));
        }
        return changed;
    }

    private int applyChunk(TenantId tenant, List<ObjectState> states) {
        Map<StateKey, List<ObjectState>> byKey = new LinkedHashMap<>();
        for (ObjectState state : states) {
            byKey.computeIfAbsent(state.key(), key -> new ArrayList<>()).add(state);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Fold> changes = fold(tenant, byKey);
            if (changes.isEmpty()) {
                return 0;
            }
            if (!storeSuperseded(tenant, changes)) {
                continue;
            }
            changelog.record(tenant, changes);
            if (replaceCurrent(tenant, changes)) {
                return changes.stream().mapToInt(fold -> fold.added().size()).sum();
            }
        }
        throw new IllegalStateException("states kept changing under " + ATTEMPTS + " attempts to store them");
    }

    private List<Fold> fold(TenantId tenant, Map<StateKey, List<ObjectState>> byKey) {
        Map<StateKey, KeyHistory> known = find(tenant, byKey.keySet());
        List<Fold> changes = new ArrayList<>();
        byKey.forEach((key, states) -> {
            Fold.of(known.get(key), key, states).ifPresent(changes::add);
        });
        return changes;
    }

    /** A version never changes, so writing it again writes the same. */
    private boolean storeSuperseded(TenantId tenant, List<Fold> changes) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (Fold fold : changes) {
            for (Fold.Superseded old : fold.superseded()) {
                Document document = MongoDocuments.superseded(tenant, fold.key(), old);
                writes.add(new ReplaceOneModel<>(
                        eq(MongoDocuments.ID, document.get(MongoDocuments.ID)),
                        document,
                        new ReplaceOptions().upsert(true)));
            }
        }
        if (writes.isEmpty()) {
            return true;
        }
        index.declare();
        return bulk(versions, writes) >= 0;
    }

    private boolean replaceCurrent(TenantId tenant, List<Fold> changes) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        int replacements = 0;
        for (Fold fold : changes) {
            Document document = MongoDocuments.current(tenant, fold.after());
            if (fold.before() == null) {
                writes.add(new InsertOneModel<>(document));
            } else {
                replacements++;
                String known = Stamp.text(fold.before().current().mark().at());
                writes.add(new ReplaceOneModel<>(
                        and(eq(MongoDocuments.ID, document.get(MongoDocuments.ID)), eq(MongoDocuments.AT, known)),
                        document));
            }
        }
        return bulk(objects, writes) == replacements;
    }

    /** Writes all; the number of replaced documents, or -1 if another writer was there first. */
    private static int bulk(MongoCollection<Document> collection, List<WriteModel<Document>> writes) {
        try {
            return collection
                    .bulkWrite(writes, new BulkWriteOptions().ordered(false))
                    .getMatchedCount();
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY)) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public Map<StateKey, KeyHistory> find(TenantId tenant, Collection<StateKey> keys) {
        Map<StateKey, KeyHistory> found = new HashMap<>();
        List<String> ids =
                keys.stream().map(key -> MongoDocuments.id(tenant, key)).toList();
        for (List<String> chunk : chunks(ids)) {
            for (Document document : objects.find(in(MongoDocuments.ID, chunk)).batchSize(CHUNK)) {
                KeyHistory history = MongoDocuments.history(document);
                found.put(history.key(), history);
            }
        }
        return found;
    }

    @Override
    public Map<VersionRef, Version> findVersions(TenantId tenant, Collection<VersionRef> refs) {
        Map<String, VersionRef> byId = new HashMap<>();
        refs.forEach(ref -> byId.put(MongoDocuments.versionId(tenant, ref.key(), ref.at()), ref));
        Map<VersionRef, Version> found = new HashMap<>();
        for (List<String> chunk : chunks(List.copyOf(byId.keySet()))) {
            for (Document document : versions.find(in(MongoDocuments.ID, chunk)).batchSize(CHUNK)) {
                VersionRef ref = byId.get(document.getString(MongoDocuments.ID));
                if (ref != null) {
                    found.put(ref, MongoDocuments.version(document));
                }
            }
        }
        return found;
    }

    @Override
    public Map<StateKey, Version> supersededAt(TenantId tenant, Collection<StateKey> keys, Instant instant) {
        Map<StateKey, Version> found = new HashMap<>();
        for (StateKey key : keys) {
            Document document = versions.find(and(
                            gt(MongoDocuments.ID, MongoDocuments.id(tenant, key) + "|"),
                            lte(MongoDocuments.ID, MongoDocuments.versionId(tenant, key, instant))))
                    .sort(descending(MongoDocuments.ID))
                    .limit(1)
                    .first();
            if (document != null) {
                requireHeld(document, key, instant);
                found.put(key, MongoDocuments.version(document));
            }
        }
        return found;
    }

    /** If what was found had ended by then, what followed it is missing, and must not be shown as what was before it. */
    private static void requireHeld(Document superseded, StateKey key, Instant instant) {
        @Nullable String until = superseded.getString(MongoDocuments.UNTIL);
        if (until != null && until.compareTo(Stamp.text(instant)) <= 0) {
            throw new DamagedHistoryException(
                    "version " + key + " that held at " + instant + " is not stored, only what was until " + until);
        }
    }

    @Override
    public List<Mark> supersededMarks(TenantId tenant, StateKey key, Instant after, Instant before, int limit) {
        List<Mark> marks = new ArrayList<>();
        versions.find(and(
                        gt(MongoDocuments.ID, MongoDocuments.versionId(tenant, key, after)),
                        lt(MongoDocuments.ID, MongoDocuments.versionId(tenant, key, before))))
                .projection(exclude("body", "causedBy", "capture"))
                .sort(descending(MongoDocuments.ID))
                .limit(limit)
                .forEach(document -> marks.add(MongoDocuments.readMark(document)));
        return marks;
    }

    @Override
    public SortedSet<StateKey> changedBetween(TenantId tenant, Instant after, Instant until) {
        return changelog.changedBetween(tenant, after, until);
    }

    @Override
    public SortedSet<StateKey> supersededWithin(TenantId tenant, Instant from, Instant to) {
        String first = Stamp.text(from);
        SortedSet<StateKey> keys = new TreeSet<>();
        versions.find(and(
                        eq(MongoDocuments.TENANT, tenant.toString()),
                        gt(MongoDocuments.UNTIL, first),
                        lte(MongoDocuments.UNTIL, Stamp.text(to)),
                        gte(MongoDocuments.AT, first)))
                .projection(include(MongoDocuments.ID))
                .batchSize(PAGE)
                .forEach(document -> keys.add(MongoDocuments.versionKey(document.getString(MongoDocuments.ID))));
        return keys;
    }

    @Override
    public void scan(TenantId tenant, Consumer<KeyMarks> consumer) {
        String last = tenant + "|";
        String end = tenant + "}";
        List<Document> page;
        do {
            page = objects.find(and(gt(MongoDocuments.ID, last), lt(MongoDocuments.ID, end)))
                    .projection(exclude("body", "causedBy", "capture"))
                    .sort(ascending(MongoDocuments.ID))
                    .limit(PAGE)
                    .batchSize(PAGE)
                    .into(new ArrayList<>());
            for (Document document : page) {
                consumer.accept(MongoDocuments.marks(document));
                last = document.getString(MongoDocuments.ID);
            }
        } while (page.size() == PAGE);
    }

    @Override
    public List<KeyHistory> page(TenantId tenant, @Nullable StateKey after, int limit) {
        String last = after == null ? tenant + "|" : MongoDocuments.id(tenant, after);
        List<KeyHistory> page = new ArrayList<>();
        objects.find(and(gt(MongoDocuments.ID, last), lt(MongoDocuments.ID, tenant + "}")))
                .sort(ascending(MongoDocuments.ID))
                .limit(limit)
                .batchSize(limit)
                .forEach(document -> page.add(MongoDocuments.history(document)));
        return page;
    }

    private static List<List<String>> chunks(List<String> ids) {
        List<List<String>> chunks = new ArrayList<>();
        for (int start = 0; start < ids.size(); start += CHUNK) {
            chunks.add(ids.subList(start, Math.min(start + CHUNK, ids.size())));
        }
        return chunks;
    }
}
