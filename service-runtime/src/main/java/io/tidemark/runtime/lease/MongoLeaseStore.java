package io.tidemark.runtime.lease;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Leases as one document each, changed by compare-and-set only. Time is this process's clock, so that clocks that differ by more than a
 * lease's length are a danger that the fence, not the lease, guards against.
 */
@DefaultBean
@ApplicationScoped
public class MongoLeaseStore implements LeaseStore {

    private final MongoClient client;
    private final String database;
    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();

    public MongoLeaseStore(
            MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database, Clock clock) {
        this.client = client;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Lease> acquire(String name, Duration duration) {
        Instant now = clock.instant();
        Instant until = now.plus(duration);
        Document taken = leases().findOneAndUpdate(
                        and(eq("_id", name), lt("until", Date.from(now))),
                        combine(set("owner", owner), set("until", Date.from(until)), inc("fence", 1L)),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        if (taken != null) {
            return Optional.of(lease(name, taken));
        }
        return insert(name, until);
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration duration) {
        Document renewed = leases().findOneAndUpdate(
                        and(eq("_id", lease.name()), eq("owner", lease.owner()), eq("fence", lease.fence())),
                        set("until", Date.from(clock.instant().plus(duration))),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        return Optional.ofNullable(renewed).map(found -> lease(lease.name(), found));
    }

    @Override
    public void release(Lease lease) {
        leases().updateOne(
                        and(eq("_id", lease.name()), eq("owner", lease.owner()), eq("fence", lease.fence())),
                        set("until", new Date(0)));
    }

    private Optional<Lease> insert(String name, Instant until) {
        Document first = new Document("_id", name)
                .append("owner", owner)
                .append("until", Date.from(until))
                .append("fence", 1L);
        try {
            leases().insertOne(first);
            return Optional.of(lease(name, first));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Lease lease(String name, Document document) {
        @Nullable Date until = document.getDate("until");
        return new Lease(
                name,
                document.getString("owner"),
                document.get("fence", Number.class).longValue(),
                until == null ? Instant.EPOCH : until.toInstant());
    }

    private MongoCollection<Document> leases() {
        return client.getDatabase(database).getCollection("leases");
    }
}
