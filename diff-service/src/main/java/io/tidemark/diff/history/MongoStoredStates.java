package io.tidemark.diff.history;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Reads the documents of {@link MongoHistoryStore} without trusting them. */
@ApplicationScoped
public class MongoStoredStates implements StoredStates {

    private final MongoCollection<Document> objects;
    private final MongoCollection<Document> versions;
    private final MongoChangelog changelog;

    @Inject
    public MongoStoredStates(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        MongoDatabase store = client.getDatabase(database);
        this.objects = store.getCollection("objects");
        this.versions = store.getCollection("versions");
        this.changelog = new MongoChangelog(store);
    }

    @Override
    public List<StoredKey> keys(TenantId tenant, @Nullable String after, int limit, Texts texts) {
        List<StoredKey> keys = new ArrayList<>();
        objects.find(after(tenant, after))
                .projection(texts == Texts.READ ? null : exclude("body"))
                .sort(ascending(MongoDocuments.ID))
                .limit(limit)
                .batchSize(limit)
                .forEach(document -> keys.add(key(document)));
        return keys;
    }

    @Override
    public List<StoredKey> marks(TenantId tenant, Collection<StateKey> keys) {
        List<String> names =
                keys.stream().map(key -> MongoDocuments.id(tenant, key)).toList();
        List<StoredKey> found = new ArrayList<>();
        if (!names.isEmpty()) {
            objects.find(in(MongoDocuments.ID, names))
                    .projection(exclude("body"))
                    .forEach(document -> found.add(key(document)));
        }
        return found;
    }

    private static StoredKey key(Document document) {
        String name = document.getString(MongoDocuments.ID);
        try {
            HistoryStore.KeyMarks read = MongoDocuments.marks(document);
            return new StoredKey(name, read.key(), read.marks(), read.hasOlder(), version(document));
        } catch (IllegalArgumentException | DateTimeException | ClassCastException | NullPointerException e) {
            return new StoredKey(name, null, List.of(), false, version(document));
        }
    }

    @Override
    public Map<StateKey, StoredVersion> current(TenantId tenant, Collection<StateKey> keys) {
        Map<String, StateKey> byName = new HashMap<>();
        keys.forEach(key -> byName.put(MongoDocuments.id(tenant, key), key));
        Map<StateKey, StoredVersion> found = new HashMap<>();
        read(objects, byName, Texts.READ, (key, version) -> found.put(key, version));
        return found;
    }

    @Override
    public Map<VersionRef, StoredVersion> superseded(TenantId tenant, Collection<VersionRef> refs, Texts texts) {
        Map<String, VersionRef> byName = new HashMap<>();
        refs.forEach(ref -> byName.put(MongoDocuments.versionId(tenant, ref.key(), ref.at()), ref));
        Map<VersionRef, StoredVersion> found = new HashMap<>();
        read(versions, byName, texts, (ref, version) -> found.put(ref, version));
        return found;
    }

    private static <T> void read(MongoCollection<Document> from, Map<String, T> byName, Texts texts, Found<T> found) {
        if (byName.isEmpty()) {
            return;
        }
        for (Document document : from.find(in(MongoDocuments.ID, byName.keySet()))
                .projection(texts == Texts.READ ? null : exclude("body"))) {
            T named = byName.get(document.getString(MongoDocuments.ID));
            if (named != null) {
                found.accept(named, version(document));
            }
        }
    }

    private static StoredVersion version(Document document) {
        @Nullable Instant at = null;
        @Nullable String text = text(document, MongoDocuments.AT);
        if (text != null) {
            try {
                at = Stamp.parse(text);
            } catch (DateTimeException e) {
                at = null;
            }
        }
        return new StoredVersion(
                at,
                MongoDocuments.digits(document, MongoDocuments.HASH),
                text(document, "deleted"),
                MongoDocuments.digits(document, MongoDocuments.SUM),
                text(document, "body"),
                MongoDocuments.digits(document, MongoDocuments.ORIGIN),
                MongoDocuments.origin(document));
    }

    private static @Nullable String text(Document document, String name) {
        return document.get(name) instanceof String text ? text : null;
    }

    @Override
    public List<StoredName> names(TenantId tenant, @Nullable String after, int limit) {
        List<StoredName> names = new ArrayList<>();
        versions.find(after(tenant, after))
                .projection(include(MongoDocuments.ID))
                .sort(ascending(MongoDocuments.ID))
                .limit(limit)
                .batchSize(limit)
                .forEach(document -> names.add(name(document.getString(MongoDocuments.ID))));
        return names;
    }

    private static StoredName name(String id) {
        return new StoredName(id, ref(id));
    }

    private static @Nullable VersionRef ref(String id) {
        int bar = id.lastIndexOf('|');
        try {
            return new VersionRef(MongoDocuments.key(id.substring(0, bar)), Stamp.parse(id.substring(bar + 1)));
        } catch (IllegalArgumentException | DateTimeException | StringIndexOutOfBoundsException e) {
            return null;
        }
    }

    @Override
    public List<VersionRef> supersededAt(TenantId tenant, Collection<StateKey> keys, Instant instant) {
        List<VersionRef> refs = new ArrayList<>();
        for (StateKey key : keys) {
            Document found = versions.find(and(
                            gt(MongoDocuments.ID, MongoDocuments.id(tenant, key) + "|"),
                            lte(MongoDocuments.ID, MongoDocuments.versionId(tenant, key, instant))))
                    .projection(include(MongoDocuments.ID))
                    .sort(descending(MongoDocuments.ID))
                    .limit(1)
                    .first();
            @Nullable VersionRef ref = found == null ? null : ref(found.getString(MongoDocuments.ID));
            if (ref != null) {
                refs.add(ref);
            }
        }
        return refs;
    }

    @Override
    public boolean witnesses(TenantId tenant, Instant until, Consumer<Witness> consumer, Consumer<String> broken) {
        return changelog.witnesses(tenant, until, consumer, broken);
    }

    private static Bson after(TenantId tenant, @Nullable String after) {
        return and(gt(MongoDocuments.ID, after == null ? tenant + "|" : after), lt(MongoDocuments.ID, tenant + "}"));
    }

    /** Takes what was found under a name. */
    private interface Found<T> {
        void accept(T named, StoredVersion version);
    }
}
