package io.tidemark.snapshot.cursor;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.tidemark.backends.EmbeddedDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class MongoCursorStoreIT extends CursorStoreContract {

    @TempDir
    static Path folder;

    private static EmbeddedDatabase database;
    private static MongoClient client;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(folder, 0);
        client = MongoClients.create(database.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        database.close();
    }

    @Override
    CursorStore store() {
        return new MongoCursorStore(client, "cursor-test");
    }
}
