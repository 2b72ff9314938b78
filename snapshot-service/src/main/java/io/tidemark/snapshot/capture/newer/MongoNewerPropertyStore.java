package io.tidemark.snapshot.capture.newer;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Remembers in MongoDB: one document per tenant. */
@ApplicationScoped
class MongoNewerPropertyStore implements NewerPropertyStore {

    private final MongoClient client;
    private final String database;

    MongoNewerPropertyStore(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    @Override
    public NewerProperties load(TenantId tenant) {
        @Nullable
        Document stored = documents().find(eq("_id", tenant.toString())).first();
        if (stored == null) {
            return NewerProperties.NONE;
        }
        Map<ObjectKind, List<NewerProperty>> kinds = new EnumMap<>(ObjectKind.class);
        for (Document one : stored.getList("properties", Document.class, List.of())) {
            kinds.computeIfAbsent(ObjectKind.parse(one.getString("kind")), first -> new ArrayList<>())
                    .add(new NewerProperty(
                            one.getString("name"),
                            one.getBoolean("collection", false),
                            one.get("refused", ""),
                            one.getDate("decidedAt").toInstant()));
        }
        return new NewerProperties(stored.getDate("lookedAt").toInstant(), stored.get("tag", ""), kinds);
    }

    @Override
    public void save(TenantId tenant, NewerProperties properties) {
        List<Document> all = new ArrayList<>();
        properties
                .kinds()
                .forEach((kind, ofKind) -> ofKind.forEach(one -> all.add(new Document("kind", kind.word())
                        .append("name", one.name())
                        .append("collection", one.collection())
                        .append("refused", one.refused())
                        .append("decidedAt", Date.from(one.decidedAt())))));
        documents()
                .replaceOne(
                        eq("_id", tenant.toString()),
                        new Document("_id", tenant.toString())
                                .append("lookedAt", Date.from(properties.lookedAt()))
                                .append("tag", properties.tag())
                                .append("properties", all),
                        new ReplaceOptions().upsert(true));
    }

    private MongoCollection<Document> documents() {
        return client.getDatabase(database).getCollection("newerProperties");
    }
}
