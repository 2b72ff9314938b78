package io.tidemark.snapshot.cursor;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.SetDigest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Remembers in MongoDB: one cursor document per tenant, buckets of keys by exact id, notes of one batch each. */
@ApplicationScoped
class MongoCursorStore implements CursorStore {

    private static final String ID = "_id";
    private static final String FENCE = "fence";

    private final MongoClient client;
    private final String database;

    MongoCursorStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    @Override
    public Cursor claim(TenantId tenant, long fence) {
        @Nullable Document stored = cursors().find(eq(ID, tenant.toString())).first();
        if (stored == null) {
            Cursor first = Cursor.start(fence);
            try {
                cursors().insertOne(document(tenant, first));
                return first;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                throw stale(tenant);
            }
        }
        if (cursors()
                        .updateOne(and(eq(ID, tenant.toString()), lte(FENCE, fence)), set(FENCE, fence))
                        .getMatchedCount()
                == 0) {
            throw stale(tenant);
        }
        return cursor(stored, fence);
    }

    @Override
    public Map<Integer, byte[]> loadBuckets(TenantId tenant, String type, Collection<Integer> numbers) {
        List<String> ids =
                numbers.stream().map(number -> bucketId(tenant, type, number)).toList();
        Map<Integer, byte[]> found = new HashMap<>();
        for (Document stored : buckets().find(in(ID, ids))) {
            found.put(
                    stored.getInteger("number"),
                    stored.get("entries", Binary.class).getData());
        }
        return found;
    }

    @Override
    public void saveBuckets(TenantId tenant, long fence, String type, Map<Integer, byte[]> changed) {
        List<WriteModel<Document>> writes = new ArrayList<>(changed.size());
        changed.forEach((number, entries) -> {
            String id = bucketId(tenant, type, number);
            writes.add(new ReplaceOneModel<>(
                    and(eq(ID, id), upTo(fence)),
                    new Document(ID, id)
                            .append("number", number)
                            .append("entries", new Binary(entries))
                            .append(FENCE, fence),
                    new ReplaceOptions().upsert(true)));
        });
        try {
            buckets().bulkWrite(writes, new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            // One with a later fence is not found, and cannot be inserted beside itself.
            if (e.getWriteErrors().stream().anyMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY)) {
                throw stale(tenant);
            }
            throw e;
        }
    }

    @Override
    public void saveCursor(TenantId tenant, Cursor cursor) {
        long replaced = cursors()
                .replaceOne(and(eq(ID, tenant.toString()), eq(FENCE, cursor.fence())), document(tenant, cursor))
                .getMatchedCount();
        if (replaced == 0) {
            throw stale(tenant);
        }
    }

    @Override
    public void intend(TenantId tenant, long fence, int number, Intention intention) {
        intentions()
                .insertOne(new Document(ID, tenant + "|" + fence + "|" + number)
                        .append("tenant", tenant.toString())
                        .append(FENCE, fence)
                        .append("until", Date.from(intention.until()))
                        .append(
                                "keys",
                                intention.keys().stream().map(StateKey::text).collect(Collectors.joining("\n"))));
        // Only now: whoever claims the tenant after this look finds the note.
        if (cursors()
                        .find(and(eq(ID, tenant.toString()), eq(FENCE, fence)))
                        .projection(include(FENCE))
                        .first()
                == null) {
            throw stale(tenant);
        }
    }

    @Override
    public void eachIntended(TenantId tenant, Consumer<Intention> sink) {
        for (Document note : intentions().find(eq("tenant", tenant.toString()))) {
            sink.accept(new Intention(
                    note.getString("keys").lines().map(StateKey::parse).toList(),
                    note.getDate("until").toInstant()));
        }
    }

    @Override
    public void dropIntended(TenantId tenant, long fence) {
        intentions().deleteMany(and(eq("tenant", tenant.toString()), upTo(fence)));
    }

    /** Under this fence or an earlier one. */
    private static Bson upTo(long fence) {
        return not(gt(FENCE, fence));
    }

    private static Document document(TenantId tenant, Cursor cursor) {
        Document kinds = new Document();
        cursor.kinds()
                .forEach((kind, at) -> kinds.append(
                        kind.word(),
                        new Document("deltaLink", at.deltaLink())
                                .append("readWhole", at.readWhole())
                                .append("extensions", at.extensions())
                                .append("selected", at.selected())
                                .append("missing", at.missing())
                                .append("withheld", at.withheld())));
        List<Document> totals = new ArrayList<>();
        cursor.totals()
                .forEach((type, total) -> totals.add(new Document("type", type)
                        .append("count", total.count())
                        .append("digest", total.hex())));
        List<Document> wholeAt = new ArrayList<>();
        cursor.wholeAt().forEach((type, at) -> wholeAt.add(new Document("type", type).append("at", Date.from(at))));
        return new Document(ID, tenant.toString())
                .append("wholeAt", wholeAt)
                .append(FENCE, cursor.fence())
                .append("settled", cursor.settled())
                .append("kinds", kinds)
                .append("totals", totals)
                .append("observedUntil", Date.from(cursor.observedUntil()));
    }

    private static Cursor cursor(Document stored, long fence) {
        Map<ObjectKind, KindCursor> kinds = new EnumMap<>(ObjectKind.class);
        stored.get("kinds", Document.class).forEach((word, at) -> {
            Document position = (Document) at;
            kinds.put(
                    ObjectKind.parse(word),
                    new KindCursor(
                            position.getString("deltaLink"),
                            position.getBoolean("readWhole", true),
                            position.get("extensions", ""),
                            position.get("selected", ""),
                            position.get("missing", ""),
                            position.get("withheld", (Number) 0L).longValue()));
        });
        Map<String, SetDigest> totals = new HashMap<>();
        for (Document total : stored.getList("totals", Document.class)) {
            totals.put(
                    total.getString("type"),
                    SetDigest.parse(total.get("count", Number.class).longValue(), total.getString("digest")));
        }
        Map<String, Instant> wholeAt = new HashMap<>();
        for (Document read : stored.getList("wholeAt", Document.class, List.of())) {
            wholeAt.put(read.getString("type"), read.getDate("at").toInstant());
        }
        Instant observedUntil = stored.getDate("observedUntil").toInstant();
        return new Cursor(fence, stored.getBoolean("settled", false), kinds, totals, wholeAt, observedUntil);
    }

    private static String bucketId(TenantId tenant, String type, int number) {
        return tenant + "|" + type + "|" + number;
    }

    private static StaleCaptureException stale(TenantId tenant) {
        return new StaleCaptureException("tenant " + tenant + " has been claimed by a newer capture");
    }

    private MongoCollection<Document> cursors() {
        return client.getDatabase(database).getCollection("cursors");
    }

    private MongoCollection<Document> buckets() {
        return client.getDatabase(database).getCollection("known");
    }

    private MongoCollection<Document> intentions() {
        return client.getDatabase(database).getCollection("intended");
    }
}
