package io.tidemark.snapshot.schedule;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import io.quarkus.runtime.StartupEvent;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Keeps captures in two collections: {@code pending} stays small and is looked at every second, {@code captures} is history. */
@ApplicationScoped
class MongoCaptureStore implements CaptureStore {

    private static final Comparator<Capture> NEWEST_FIRST = Comparator.comparing(Capture::requestedAt)
            .thenComparing(Capture::id)
            .reversed();
    private static final int FORGOTTEN_AT_ONCE = 200;

    private final MongoClient client;
    private final String database;

    MongoCaptureStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    void declareIndexes(@Observes StartupEvent event) {
        ended().createIndex(Indexes.compoundIndex(Indexes.ascending("tenant"), Indexes.descending("requestedAt")));
    }

    @Override
    public void add(Capture queued) {
        if (findEnded(queued.order().tenant(), queued.id()).isPresent()) {
            return;
        }
        try {
            waiting().insertOne(MongoCaptureDocuments.of(queued));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    @Override
    public List<Capture> pending() {
        List<Capture> pending = new ArrayList<>();
        waiting().find().forEach(stored -> pending.add(MongoCaptureDocuments.read(stored)));
        pending.sort(NEWEST_FIRST.reversed());
        return pending;
    }

    @Override
    public void start(Capture running) {
        waiting().replaceOne(byId(running.order().tenant(), running.id()), MongoCaptureDocuments.of(running));
    }

    @Override
    public void holdBack(Capture queued) {
        waiting().replaceOne(byId(queued.order().tenant(), queued.id()), MongoCaptureDocuments.of(queued));
    }

    @Override
    public void comeOn(Capture running) {
        Bson runs = eq("state", Capture.State.RUNNING.name());
        waiting()
                .replaceOne(and(byId(running.order().tenant(), running.id()), runs), MongoCaptureDocuments.of(running));
    }

    @Override
    public void end(Capture capture) {
        ended().replaceOne(
                        byId(capture.order().tenant(), capture.id()),
                        MongoCaptureDocuments.of(capture),
                        new ReplaceOptions().upsert(true));
    }

    @Override
    public void drop(Capture capture) {
        waiting().deleteOne(byId(capture.order().tenant(), capture.id()));
    }

    @Override
    public Optional<Capture> find(TenantId tenant, String captureId) {
        return findEnded(tenant, captureId)
                .or(() -> Optional.ofNullable(
                                waiting().find(byId(tenant, captureId)).first())
                        .map(MongoCaptureDocuments::read))
                .or(() -> findEnded(tenant, captureId));
    }

    @Override
    public Optional<Capture> findEnded(TenantId tenant, String captureId) {
        return Optional.ofNullable(ended().find(byId(tenant, captureId)).first())
                .map(MongoCaptureDocuments::read);
    }

    @Override
    public List<Capture> list(TenantId tenant, int limit, Optional<String> after) {
        Optional<Capture> last = after.flatMap(id -> find(tenant, id));
        if (after.isPresent() && last.isEmpty()) {
            return List.of();
        }
        Bson ofTenant = eq("tenant", tenant.toString());
        Bson range = last.map(at -> and(ofTenant, lte("requestedAt", Date.from(at.requestedAt()))))
                .orElse(ofTenant);
        Map<String, Capture> found = new LinkedHashMap<>();
        waiting().find(range).forEach(stored -> add(stored, found));
        // One more than asked for at the same moment is enough: two captures of a tenant are rarely ordered in the same
        // millisecond.
        ended().find(range)
                .sort(Sorts.descending("requestedAt"))
                .limit(limit * 2 + 1)
                .forEach(stored -> add(stored, found));
        return found.values().stream()
                .sorted(NEWEST_FIRST)
                .filter(capture ->
                        last.map(at -> NEWEST_FIRST.compare(at, capture) < 0).orElse(true))
                .limit(limit)
                .toList();
    }

    @Override
    public void seal(TenantId tenant, String captureId) {
        ended().updateOne(byId(tenant, captureId), set("sealed", true));
    }

    @Override
    public void thin(TenantId tenant, int keep) {
        List<String> beyond = new ArrayList<>();
        ended().find(and(eq("tenant", tenant.toString()), eq("pinned", false)))
                .projection(new Document("_id", 1))
                .sort(Sorts.descending("requestedAt"))
                .skip(keep)
                .limit(FORGOTTEN_AT_ONCE)
                .forEach(stored -> beyond.add(stored.getString("_id")));
        if (!beyond.isEmpty()) {
            ended().deleteMany(Filters.in("_id", beyond));
        }
    }

    @Override
    public Optional<Instant> lastDue(TenantId tenant, String name) {
        @Nullable Document stored = times().find(eq("_id", tenant + "|" + name)).first();
        return stored == null
                ? Optional.empty()
                : Optional.of(stored.getDate("due").toInstant());
    }

    @Override
    public void noteDue(TenantId tenant, String name, Instant due) {
        String id = tenant + "|" + name;
        times().replaceOne(
                        eq("_id", id),
                        new Document("_id", id).append("due", Date.from(due)),
                        new ReplaceOptions().upsert(true));
    }

    private static void add(Document stored, Map<String, Capture> found) {
        Capture capture = MongoCaptureDocuments.read(stored);
        found.put(capture.id(), capture);
    }

    private static Bson byId(TenantId tenant, String captureId) {
        return eq("_id", MongoCaptureDocuments.id(tenant, captureId));
    }

    private MongoCollection<Document> waiting() {
        return client.getDatabase(database).getCollection("pending");
    }

    private MongoCollection<Document> ended() {
        return client.getDatabase(database).getCollection("captures");
    }

    private MongoCollection<Document> times() {
        return client.getDatabase(database).getCollection("times");
    }
}
