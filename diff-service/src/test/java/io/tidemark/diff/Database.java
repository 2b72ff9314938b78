package io.tidemark.diff;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.tidemark.backends.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.UUID;

/** One database server for all tests of this JVM that need no more: a real {@code mongod} where there is one. */
public final class Database {

    private static final EmbeddedDatabase SERVER = start();
    private static final MongoClient CLIENT = MongoClients.create(SERVER.connectionString());

    private Database() {}

    public static MongoClient client() {
        return CLIENT;
    }

    /** Where another process finds the server. */
    public static String address() {
        return SERVER.connectionString();
    }

    /** A name that no other test uses. */
    public static String fresh() {
        return "test-" + UUID.randomUUID();
    }

    private static EmbeddedDatabase start() {
        try {
            return EmbeddedDatabase.start(Files.createTempDirectory("tidemark-diff"), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
