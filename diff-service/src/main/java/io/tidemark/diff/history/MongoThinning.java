package io.tidemark.diff.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.WriteModel;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Thins the versions of {@link MongoHistoryStore}, each by its name, along their index of when they ended. */
@ApplicationScoped
public class MongoThinning implements Thinning {

    private static final int CHUNK = 500;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final MongoCollection<Document> versions;

    @Inject
    public MongoThinning(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.versions = client.getDatabase(database).getCollection("versions");
    }

    @Override
    public long count(TenantId tenant, Gap gap, int most) {
        long count = 0;
        if (!gap.isEmpty() && most > 0) {
            try (MongoCursor<Document> cursor = versions.find(within(tenant, gap))
                    .projection(include(MongoDocuments.ID))
                    .limit(most)
                    .batchSize(CHUNK)
                    .iterator()) {
                for (; cursor.hasNext(); cursor.next()) {
                    count++;
                }
            }
        }
        return count;
    }

    @Override
    public long thin(TenantId tenant, Gap gap, LongConsumer beat) {
        long gone = 0;
        if (gap.isEmpty()) {
            return gone;
        }
        List<WriteModel<Document>> deletions = new ArrayList<>(CHUNK);
        try (MongoCursor<Document> cursor = versions.find(within(tenant, gap))
                .projection(exclude("body"))
                .batchSize(CHUNK)
                .iterator()) {
            while (cursor.hasNext()) {
                Document version = cursor.next();
                if (isAsWritten(version)) {
                    deletions.add(new DeleteOneModel<>(eq(MongoDocuments.ID, version.getString(MongoDocuments.ID))));
                }
                if (deletions.size() == CHUNK) {
                    gone += delete(deletions, beat);
                }
            }
        }
        return gone + delete(deletions, beat);
    }

    private long delete(List<WriteModel<Document>> deletions, LongConsumer beat) {
        if (deletions.isEmpty()) {
            return 0;
        }
        beat.accept(deletions.size());
        long gone = versions.bulkWrite(deletions, new BulkWriteOptions().ordered(false))
                .getDeletedCount();
        deletions.clear();
        return gone;
    }

    private static Bson within(TenantId tenant, Gap gap) {
        Instant before = gap.before().isAfter(LAST) ? LAST : gap.before();
        return and(
                eq(MongoDocuments.TENANT, tenant.toString()),
                gt(MongoDocuments.UNTIL, Stamp.text(gap.done())),
                lte(MongoDocuments.UNTIL, Stamp.text(gap.upTo())),
                gt(MongoDocuments.AT, Stamp.text(gap.after())),
                lt(MongoDocuments.AT, Stamp.text(before)));
    }

    /** What says of itself that it ended, but not as it was written, is evidence and no version to thin. */
    private static boolean isAsWritten(Document version) {
        return MongoDocuments.origin(version).equals(MongoDocuments.digits(version, MongoDocuments.ORIGIN))
                && version.getString(MongoDocuments.ID).endsWith("|" + version.get(MongoDocuments.AT));
    }
}
