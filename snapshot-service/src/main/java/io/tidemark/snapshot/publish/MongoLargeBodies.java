package io.tidemark.snapshot.publish;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import io.tidemark.contracts.BodyClaim;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Keeps large bodies in MongoDB, compressed, one document each. The object-state topic is compacted and may be replayed at any time: they stay. */
@ApplicationScoped
class MongoLargeBodies implements LargeBodies {

    private static final String JSON = "json";

    private final MongoClient client;
    private final String database;

    MongoLargeBodies(MongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    @Override
    public BodyClaim keep(TenantId tenant, byte[] json) {
        BodyClaim claim = BodyClaim.of(json);
        String id = id(tenant, claim.sha256());
        bodies().replaceOne(
                        eq("_id", id),
                        new Document("_id", id).append(JSON, new Binary(compressed(json))),
                        new ReplaceOptions().upsert(true));
        return claim;
    }

    @Override
    public Optional<byte[]> find(TenantId tenant, String sha256) {
        @Nullable Document stored = bodies().find(eq("_id", id(tenant, sha256))).first();
        return Optional.ofNullable(stored)
                .map(found -> found.get(JSON, Binary.class))
                .map(Binary::getData)
                .map(MongoLargeBodies::expanded);
    }

    private MongoCollection<Document> bodies() {
        return client.getDatabase(database).getCollection("bodies");
    }

    private static String id(TenantId tenant, String sha256) {
        return tenant + "|" + sha256;
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] expanded(byte[] bytes) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
