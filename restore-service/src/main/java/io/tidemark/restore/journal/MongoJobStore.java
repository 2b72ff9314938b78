package io.tidemark.restore.journal;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import io.tidemark.contracts.MessageCodec;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Restores as one document each, changed by compare-and-set on their version. */
public final class MongoJobStore implements JobStore {

    private static final int MOST_TRIES = 50;

    private final MongoCollection<Document> jobs;

    public MongoJobStore(MongoClient client, String database) {
        this.jobs = client.getDatabase(database).getCollection("restores");
        String unused = jobs.createIndex(Indexes.ascending("actionable"));
        String alsoUnused = jobs.createIndex(Indexes.ascending("untold"));
        String unusedToo = jobs.createIndex(Indexes.ascending("tenant", "acceptedAt"));
    }

    @Override
    public RestoreJob putOnce(RestoreJob job) {
        try {
            jobs.insertOne(document(job, 1));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
        return find(job.id()).orElseThrow(() -> new IllegalStateException("restore " + job.id() + " vanished"));
    }

    @Override
    public Optional<RestoreJob> find(String commandId) {
        return Optional.ofNullable(jobs.find(eq("_id", commandId)).first()).map(MongoJobStore::job);
    }

    @Override
    public List<RestoreJob> list(String tenantId, int limit) {
        List<RestoreJob> found = new ArrayList<>();
        for (Document document : jobs.find(eq("tenant", tenantId))
                .sort(Sorts.descending("acceptedAt"))
                .limit(limit)) {
            found.add(job(document));
        }
        return found;
    }

    @Override
    public List<RestoreJob> actionable() {
        return sorted(eq("actionable", true));
    }

    @Override
    public List<RestoreJob> undecided() {
        return sorted(eq("undecided", true));
    }

    @Override
    public List<RestoreJob> untold() {
        return sorted(eq("untold", true));
    }

    @Override
    public RestoreJob change(String commandId, UnaryOperator<RestoreJob> change) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            RestoreJob old =
                    find(commandId).orElseThrow(() -> new IllegalArgumentException("there is no restore " + commandId));
            RestoreJob changed = change.apply(old);
            Bson unchanged = and(eq("_id", commandId), eq("version", old.version()));
            if (jobs.replaceOne(unchanged, document(changed, old.version() + 1)).getMatchedCount() == 1) {
                return find(commandId).orElse(changed);
            }
        }
        throw new IllegalStateException("restore " + commandId + " is changed too often");
    }

    private List<RestoreJob> sorted(Bson filter) {
        List<RestoreJob> found = new ArrayList<>();
        for (Document document : jobs.find(filter).sort(Sorts.ascending("acceptedAt"))) {
            found.add(job(document));
        }
        return found;
    }

    private static Document document(RestoreJob job, long version) {
        try {
            return new Document("_id", job.id())
                    .append("tenant", job.command().tenantId())
                    .append("state", job.state().name())
                    .append("actionable", job.isActionable())
                    .append("undecided", job.isUndecided())
                    .append("untold", !job.outbox().isEmpty())
                    .append("acceptedAt", Date.from(job.times().acceptedAt()))
                    .append("version", version)
                    .append("job", MessageCodec.mapper().writeValueAsString(job));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("restore " + job.id() + " could not be written", e);
        }
    }

    private static RestoreJob job(Document document) {
        try {
            RestoreJob job = MessageCodec.mapper().readValue(document.getString("job"), RestoreJob.class);
            @Nullable Number version = document.get("version", Number.class);
            return job.atVersion(version == null ? 0 : version.longValue());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("restore " + document.getString("_id") + " could not be read", e);
        }
    }
}
