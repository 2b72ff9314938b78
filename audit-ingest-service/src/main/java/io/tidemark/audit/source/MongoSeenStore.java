package io.tidemark.audit.source;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import io.quarkus.runtime.StartupEvent;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** One small document per entry, by {@code tenant|auditId}; the server drops it when the log itself no longer has the entry. */
@ApplicationScoped
class MongoSeenStore implements SeenStore {

    private static final Duration KEPT = Duration.ofDays(45);
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final MongoClient client;
    private final String database;
    private final Clock clock;

    MongoSeenStore(
            MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database, Clock clock) {
        this.client = client;
        this.database = database;
        this.clock = clock;
    }

    void declareIndexes(@Observes StartupEvent started) {
        seen().createIndex(Indexes.ascending("at"), new IndexOptions().expireAfter(KEPT.toSeconds(), TimeUnit.SECONDS));
    }

    @Override
    public Set<String> unseen(TenantId tenant, Collection<String> auditIds) {
        Set<String> unseen = new LinkedHashSet<>(auditIds);
        if (unseen.isEmpty()) {
            return unseen;
        }
        String prefix = tenant + "|";
        List<String> keys = unseen.stream().map(id -> prefix + id).toList();
        for (Document found : seen().find(in("_id", keys)).projection(include("_id"))) {
            unseen.remove(found.getString("_id").substring(prefix.length()));
        }
        return unseen;
    }

    @Override
    public void remember(TenantId tenant, Collection<String> auditIds) {
        if (auditIds.isEmpty()) {
            return;
        }
        Date now = Date.from(clock.instant());
        List<WriteModel<Document>> writes = new ArrayList<>(auditIds.size());
        for (String id : auditIds) {
            String key = tenant + "|" + id;
            writes.add(new ReplaceOneModel<>(eq("_id", key), new Document("_id", key).append("at", now), UPSERT));
        }
        seen().bulkWrite(writes, new BulkWriteOptions().ordered(false));
    }

    private MongoCollection<Document> seen() {
        return client.getDatabase(database).getCollection("seen");
    }
}
