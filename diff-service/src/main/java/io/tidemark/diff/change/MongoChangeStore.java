package io.tidemark.diff.change;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.elemMatch;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.diff.history.Stamp;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.store.MongoIndex;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Change events in MongoDB: one document per object or link, with its events in order of time, changed by compare-and-set on a revision.
 * Of each key the newest {@value #MOST} events are kept, and fewer where they are long.
 */
@ApplicationScoped
class MongoChangeStore implements ChangeStore {

    private static final String ID = "_id";
    private static final String TENANT = "tenant";
    private static final String AT = "at";
    private static final String REVISION = "revision";
    private static final String EVENTS = "events";
    private static final String EVENT = "event";
    private static final int CHUNK = 500;
    private static final int MOST = 2000;
    /** So many characters of events in one document at most; a document holds sixteen million bytes, and a character takes up to three. */
    private static final int MOST_TEXT = 3 * 1024 * 1024;

    private static final int ATTEMPTS = 20;
    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> changes;
    private final MongoIndex index;

    MongoChangeStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.changes = client.getDatabase(database).getCollection("changes");
        this.index = new MongoIndex(changes, Indexes.ascending(TENANT, EVENTS + "." + AT));
    }

    @Override
    public void add(TenantId tenant, List<ChangeRecorded> received) {
        index.declare();
        Map<String, Map<String, Document>> byKey = new LinkedHashMap<>();
        for (ChangeRecorded change : received) {
            for (StateKey key : Filing.keys(change)) {
                byKey.computeIfAbsent(id(tenant, key), id -> new LinkedHashMap<>())
                        .putIfAbsent(change.auditId(), document(change));
            }
        }
        List<String> ids = List.copyOf(byKey.keySet());
        for (List<String> chunk : chunks(ids)) {
            addChunk(tenant, chunk, byKey);
        }
    }

    private void addChunk(TenantId tenant, List<String> ids, Map<String, Map<String, Document>> byKey) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<String, Document> known = new HashMap<>();
            changes.find(in(ID, ids)).forEach(document -> known.put(document.getString(ID), document));
            List<WriteModel<Document>> writes = new ArrayList<>();
            int replacements = 0;
            for (String id : ids) {
                Document old = known.get(id);
                Document merged = merged(tenant, id, old, byKey.getOrDefault(id, Map.of()));
                if (old == null) {
                    writes.add(new InsertOneModel<>(merged));
                } else if (!Objects.equals(merged.get(REVISION), old.get(REVISION))) {
                    replacements++;
                    writes.add(new ReplaceOneModel<>(and(eq(ID, id), eq(REVISION, old.get(REVISION))), merged));
                }
            }
            if (writes.isEmpty() || matched(writes) == replacements) {
                return;
            }
        }
        throw new IllegalStateException("change events kept changing under " + ATTEMPTS + " attempts to store them");
    }

    private int matched(List<WriteModel<Document>> writes) {
        try {
            return changes.bulkWrite(writes, new BulkWriteOptions().ordered(false))
                    .getMatchedCount();
        } catch (MongoBulkWriteException e) {
            if (e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY)) {
                return -1;
            }
            throw e;
        }
    }

    private static Document merged(TenantId tenant, String id, @Nullable Document old, Map<String, Document> added) {
        Map<String, Document> events = new LinkedHashMap<>();
        long revision = 0;
        if (old != null) {
            old.getList(EVENTS, Document.class).forEach(event -> events.put(event.getString("id"), event));
            revision = old.get(REVISION, Number.class).longValue();
        }
        int before = events.size();
        added.forEach(events::putIfAbsent);
        List<Document> sorted = new ArrayList<>(events.values());
        sorted.sort(Comparator.comparing((Document event) -> event.getString(AT))
                .thenComparing(event -> event.getString("id")));
        List<Document> kept = newest(sorted);
        return new Document(ID, id)
                .append(TENANT, tenant.toString())
                .append(REVISION, events.size() == before ? revision : revision + 1)
                .append(EVENTS, kept);
    }

    /** The newest events of a key that one document has room for: at least one, which is no longer than a message may be. */
    private static List<Document> newest(List<Document> sorted) {
        int first = sorted.size();
        long text = 0;
        while (first > 0 && sorted.size() - first < MOST) {
            text += sorted.get(first - 1).getString(EVENT).length();
            if (text > MOST_TEXT && first < sorted.size()) {
                break;
            }
            first--;
        }
        return sorted.subList(first, sorted.size());
    }

    @Override
    public Map<StateKey, List<ChangeRecorded>> find(
            TenantId tenant, Collection<StateKey> keys, Instant after, Instant until) {
        Map<String, StateKey> byId = new HashMap<>();
        keys.forEach(key -> byId.put(id(tenant, key), key));
        String first = Stamp.text(after);
        String last = Stamp.text(until);
        Map<StateKey, List<ChangeRecorded>> found = new HashMap<>();
        for (List<String> chunk : chunks(List.copyOf(byId.keySet()))) {
            for (Document document : changes.find(in(ID, chunk)).batchSize(CHUNK)) {
                List<ChangeRecorded> events = document.getList(EVENTS, Document.class).stream()
                        .filter(event -> event.getString(AT).compareTo(first) > 0)
                        .filter(event -> event.getString(AT).compareTo(last) <= 0)
                        .map(MongoChangeStore::change)
                        .toList();
                StateKey key = byId.get(document.getString(ID));
                if (key != null && !events.isEmpty()) {
                    found.put(key, events);
                }
            }
        }
        return found;
    }

    @Override
    public void eachWithin(TenantId tenant, Instant from, Instant to, @Nullable StateKey after, Visitor visitor) {
        String first = Stamp.text(from);
        String last = Stamp.text(to);
        Bson happened = and(eq(TENANT, tenant.toString()), elemMatch(EVENTS, and(gte(AT, first), lte(AT, last))));
        Bson wanted = after == null ? happened : and(happened, gt(ID, id(tenant, after)));
        try (MongoCursor<Document> found =
                changes.find(wanted).sort(ascending(ID)).batchSize(CHUNK).iterator()) {
            boolean more = true;
            while (more && found.hasNext()) {
                Document document = found.next();
                List<ChangeRecorded> events = document.getList(EVENTS, Document.class).stream()
                        .filter(event -> event.getString(AT).compareTo(first) >= 0)
                        .filter(event -> event.getString(AT).compareTo(last) <= 0)
                        .map(MongoChangeStore::change)
                        .toList();
                more = visitor.visit(key(document.getString(ID)), events);
            }
        }
    }

    private static Document document(ChangeRecorded change) {
        try {
            return new Document("id", change.auditId())
                    .append(AT, Stamp.text(change.occurredAt()))
                    .append(EVENT, MessageCodec.mapper().writeValueAsString(change));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("change event cannot be written", e);
        }
    }

    private static ChangeRecorded change(Document event) {
        try {
            return MessageCodec.mapper().readValue(event.getString(EVENT), ChangeRecorded.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored change event cannot be read", e);
        }
    }

    private static List<List<String>> chunks(List<String> ids) {
        List<List<String>> chunks = new ArrayList<>();
        for (int start = 0; start < ids.size(); start += CHUNK) {
            chunks.add(ids.subList(start, Math.min(start + CHUNK, ids.size())));
        }
        return chunks;
    }

    private static StateKey key(String id) {
        return StateKey.parse(id.substring(id.indexOf('|') + 1));
    }

    private static String id(TenantId tenant, StateKey key) {
        return tenant + "|" + key.text();
    }
}
