package io.tidemark.audit.source;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class MongoWatermarkStoreIT extends WatermarkStoreContract {

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
    WatermarkStore store() {
        return stores.watermarks();
    }
}
