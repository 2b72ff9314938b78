package io.tidemark.audit.source;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class MongoSeenStoreIT extends SeenStoreContract {

    @TempDir
    static Path folder;

    private static MongoStores stores;

    @BeforeAll
    static void startServer() {
        stores = new MongoStores(folder);
    }

    @AfterAll
    static void stopServer() {
        stores.close();
    }

    @Override
    SeenStore store() {
        return stores.seen();
    }
}
