package io.tidemark.audit.source;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.tidemark.backends.EmbeddedDatabase;
import java.nio.file.Path;
import java.time.Clock;

/** A database for the contracts of the stores. */
final class MongoStores implements AutoCloseable {

    private final EmbeddedDatabase server;
    private final MongoClient client;

    MongoStores(Path folder) {
        this.server = EmbeddedDatabase.start(folder, 0);
        this.client = MongoClients.create(server.connectionString());
    }

    SeenStore seen() {
        return new MongoSeenStore(client, "audit-test", Clock.systemUTC());
    }

    WatermarkStore watermarks() {
        return new MongoWatermarkStore(client, "audit-test");
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
