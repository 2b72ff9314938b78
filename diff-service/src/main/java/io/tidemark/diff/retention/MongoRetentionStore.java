package io.tidemark.diff.retention;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.tidemark.diff.history.Stamp;
import io.tidemark.diff.retention.KeptMoment.Why;
import io.tidemark.diff.retention.Standing.Leap;
import io.tidemark.diff.retention.Standing.Round;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** In MongoDB: one document a tenant, one for each single moment, named by tenant and moment, and one for each moment that restores asked for. */
@ApplicationScoped
class MongoRetentionStore implements RetentionStore {

    private static final String ID = "_id";
    private static final String SINCE = "since";
    private static final String GAP = "gap";
    private static final String LOOKED_AT = "lookedAt";
    private static final String LEAP = "leap";
    private static final String ROUND = "round";
    private static final String BEGAN = "began";
    private static final String SNAPSHOT = "snapshot";
    private static final String WHY = "why";
    private static final String AT = "at";

    private final MongoCollection<Document> tenants;
    private final MongoCollection<Document> moments;
    private final MongoCollection<Document> references;

    @Inject
    MongoRetentionStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        MongoDatabase store = client.getDatabase(database);
        this.tenants = store.getCollection("retention");
        this.moments = store.getCollection("retention_moments");
        this.references = store.getCollection("retention_references");
    }

    @Override
    public Standing standing(TenantId tenant) {
        @Nullable Document found = tenants.find(eq(ID, tenant.toString())).first();
        if (found == null) {
            return Standing.NONE;
        }
        @Nullable Document leap = found.get(LEAP, Document.class);
        @Nullable Document round = found.get(ROUND, Document.class);
        return new Standing(
                instant(found, SINCE),
                found.getString(GAP),
                instant(found, LOOKED_AT),
                leap == null
                        ? null
                        : new Leap(Stamp.parse(leap.getString("from")), Stamp.parse(leap.getString("seen"))),
                round == null
                        ? null
                        : new Round(
                                Stamp.parse(round.getString(BEGAN)),
                                Stamp.parse(round.getString("ended")),
                                round.get("snapshots", Number.class).longValue(),
                                round.get("versions", Number.class).longValue(),
                                round.getString("held")));
    }

    @Override
    public void looked(TenantId tenant, Instant at, @Nullable Leap leap) {
        update(
                tenants,
                tenant.toString(),
                Updates.combine(
                        Updates.set(LOOKED_AT, Stamp.text(at)),
                        leap == null
                                ? Updates.unset(LEAP)
                                : Updates.set(
                                        LEAP,
                                        new Document("from", Stamp.text(leap.from()))
                                                .append("seen", Stamp.text(leap.seen())))));
    }

    @Override
    public void advance(TenantId tenant, Instant since) {
        update(tenants, tenant.toString(), Updates.max(SINCE, Stamp.text(since)));
    }

    @Override
    public void thinned(TenantId tenant, String lastGap) {
        update(tenants, tenant.toString(), Updates.set(GAP, lastGap));
    }

    @Override
    public void ended(TenantId tenant, Round round) {
        update(
                tenants,
                tenant.toString(),
                Updates.set(
                        ROUND,
                        new Document(BEGAN, Stamp.text(round.began()))
                                .append("ended", Stamp.text(round.ended()))
                                .append("snapshots", round.snapshots())
                                .append("versions", round.versions())
                                .append("held", round.held())));
    }

    @Override
    public List<StoredMoment> moments(TenantId tenant) {
        List<StoredMoment> found = new ArrayList<>();
        moments.find(of(tenant))
                .sort(ascending(ID))
                .forEach(document -> found.add(new StoredMoment(moment(document), document.getString(GAP))));
        return found;
    }

    @Override
    public void keep(TenantId tenant, KeptMoment moment) {
        List<String> why = new TreeSet<>(moment.why()).stream().map(Why::name).collect(Collectors.toList());
        update(
                moments,
                id(tenant, moment.instant()),
                Updates.combine(
                        Updates.set(BEGAN, Stamp.text(moment.began())),
                        moment.snapshot() == null ? Updates.unset(SNAPSHOT) : Updates.set(SNAPSHOT, moment.snapshot()),
                        Updates.set(WHY, why)));
    }

    @Override
    public void thinned(TenantId tenant, Instant moment, String gap) {
        moments.updateOne(eq(ID, id(tenant, moment)), Updates.set(GAP, gap));
    }

    @Override
    public void release(TenantId tenant, Instant moment) {
        moments.deleteOne(eq(ID, id(tenant, moment)));
    }

    @Override
    public boolean isKept(TenantId tenant, Instant moment) {
        return moments.find(eq(ID, id(tenant, moment))).first() != null;
    }

    @Override
    public Optional<KeptMoment> before(TenantId tenant, Instant moment) {
        return Optional.ofNullable(moments.find(and(gt(ID, tenant + "|"), lt(ID, id(tenant, moment))))
                        .sort(descending(ID))
                        .limit(1)
                        .first())
                .map(MongoRetentionStore::moment);
    }

    @Override
    public Optional<KeptMoment> after(TenantId tenant, Instant moment) {
        return Optional.ofNullable(moments.find(and(gt(ID, id(tenant, moment)), lt(ID, tenant + "}")))
                        .sort(ascending(ID))
                        .limit(1)
                        .first())
                .map(MongoRetentionStore::moment);
    }

    @Override
    public void refer(TenantId tenant, Instant moment, Instant now) {
        update(references, id(tenant, moment), Updates.max(AT, Stamp.text(now)));
    }

    @Override
    public Set<Instant> referred(TenantId tenant, Instant since) {
        Set<Instant> referred = new HashSet<>();
        for (Document found : references.find(of(tenant)).into(new ArrayList<>())) {
            if (since.isAfter(Stamp.parse(found.getString(AT)))) {
                references.deleteOne(and(eq(ID, found.getString(ID)), eq(AT, found.getString(AT))));
            } else {
                referred.add(instant(found.getString(ID)));
            }
        }
        return referred;
    }

    private static void update(MongoCollection<Document> collection, String id, Bson update) {
        for (int attempt = 0; ; attempt++) {
            try {
                collection.updateOne(eq(ID, id), update, new UpdateOptions().upsert(true));
                return;
            } catch (MongoWriteException e) {
                // Two upserts of the same new document can collide; the second one then finds it.
                if (attempt > 2 || e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
            }
        }
    }

    private static KeptMoment moment(Document document) {
        return new KeptMoment(
                instant(document.getString(ID)),
                Stamp.parse(document.getString(BEGAN)),
                document.getString(SNAPSHOT),
                document.getList(WHY, String.class).stream().map(Why::valueOf).collect(Collectors.toSet()));
    }

    private static @Nullable Instant instant(Document document, String name) {
        @Nullable String text = document.getString(name);
        return text == null ? null : Stamp.parse(text);
    }

    private static Instant instant(String id) {
        return Stamp.parse(id.substring(id.indexOf('|') + 1));
    }

    private static Bson of(TenantId tenant) {
        return and(gt(ID, tenant + "|"), lt(ID, tenant + "}"));
    }

    private static String id(TenantId tenant, Instant moment) {
        return tenant + "|" + Stamp.text(moment);
    }
}
