package io.tidemark.backends;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** The embedded stand-in for MongoDB: mongo-java-server over an H2 store in one file. */
final class H2Server implements EmbeddedDatabase {
    // An acknowledged write is on disk after at most this long; the default of a second loses that second when killed.
    private static final int COMMIT_MILLIS = 50;
    // With a version every 50 ms, the default of 5 takes pages from under a reader that pauses for a quarter second.
    private static final int VERSIONS_TO_KEEP = 200;
    private static final int CACHE_MEGABYTES = 64;

    private final MongoServer server;
    private final int port;

    private H2Server(MongoServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static H2Server start(Path dataDirectory, int port) {
        int free = Ports.reserve(port, "database");
        Path file = dataDirectory.resolve("tidemark.mv.db").toAbsolutePath();
        MVStore store = open(file);
        store.setAutoCommitDelay(COMMIT_MILLIS);
        store.setVersionsToKeep(VERSIONS_TO_KEEP);
        var backend = new OrderedBackend(store);
        backend.version(ServerVersion.MONGO_5_0);
        var server = new MongoServer(backend);
        server.bind("127.0.0.1", free);
        return new H2Server(server, free);
    }

    private static MVStore open(Path file) {
        try {
            return new MVStore.Builder()
                    .fileName(file.toString())
                    .cacheSize(CACHE_MEGABYTES)
                    .open();
        } catch (MVStoreException unusable) {
            throw new BackendException(
                    "the database file " + file + " cannot be opened: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String kind() {
        return "embedded mongo-java-server on H2";
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
