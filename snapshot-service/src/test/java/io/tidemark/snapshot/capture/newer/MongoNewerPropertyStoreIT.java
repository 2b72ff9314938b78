package io.tidemark.snapshot.capture.newer;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.tidemark.backends.EmbeddedDatabase;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.TenantId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoNewerPropertyStoreIT {

    private static final TenantId TENANT = TenantId.parse("7c9a3c1e-0a5d-4f2b-9d53-2f6f0a6c1d11");

    @TempDir
    Path folder;

    @Test
    void whatWasFoundOutIsThereAfterARestart() {
        Instant now = Instant.parse("2026-01-01T00:00:00.123Z");
        NewerProperties found = new NewerProperties(
                now,
                "W/\"7\"",
                Map.of(
                        ObjectKind.USER,
                        List.of(
                                new NewerProperty("colourOfTheDesk", false, "", now),
                                new NewerProperty("shoeSizes", true, "NOT_IMPLEMENTED (501)", now))));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, 0);
                MongoClient client = MongoClients.create(database.connectionString())) {
            MongoNewerPropertyStore store = new MongoNewerPropertyStore(client, "newer-test");

            assertThat(store.load(TENANT)).isEqualTo(NewerProperties.NONE);
            store.save(TENANT, NewerProperties.NONE);
            store.save(TENANT, found);

            assertThat(new MongoNewerPropertyStore(client, "newer-test").load(TENANT))
                    .isEqualTo(found);
        }
    }
}
