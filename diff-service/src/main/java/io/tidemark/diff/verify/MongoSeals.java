package io.tidemark.diff.verify;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Digests of sealed records in MongoDB, one small document each. */
@ApplicationScoped
class MongoSeals implements Seals {

    private static final String ID = "_id";
    private static final String SUM = "sum";

    private final MongoCollection<Document> seals;

    MongoSeals(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.seals = client.getDatabase(database).getCollection("seals");
    }

    @Override
    public void keep(TenantId tenant, String snapshot, String sum) {
        try {
            seals.insertOne(new Document(ID, id(tenant, snapshot)).append(SUM, sum));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    @Override
    public Optional<String> find(TenantId tenant, String snapshot) {
        return Optional.ofNullable(seals.find(eq(ID, id(tenant, snapshot))).first())
                .map(document -> String.valueOf(document.get(SUM)));
    }

    private static String id(TenantId tenant, String snapshot) {
        return tenant + "|" + snapshot;
    }
}
