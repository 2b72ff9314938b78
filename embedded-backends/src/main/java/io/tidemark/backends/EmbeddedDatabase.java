package io.tidemark.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A MongoDB-compatible server on loopback: a real {@code mongod} where there is one, a container where that is asked for and possible, else an
 * embedded stand-in on disk.
 */
public interface EmbeddedDatabase extends AutoCloseable {

    /**
     * Starts a server whose data is kept in the folder. It is the {@code mongod} that the environment variable
     * {@code MONGOD} names or that is found on {@code PATH}; without one, and if the port is free to choose, a MongoDB in a container where
     * the system property {@code tidemark.containers} is true and Docker answers, which keeps no data; else it is the embedded server.
     *
     * @param port where clients connect; 0 picks a free one
     * @throws BackendException if the port is taken or the folder cannot be used
     */
    static EmbeddedDatabase start(Path dataDirectory, int port) {
        try {
            Files.createDirectories(dataDirectory);
        } catch (IOException unusable) {
            throw new BackendException(
                    "the database's folder " + dataDirectory + " cannot be written: " + unusable, unusable);
        }
        Optional<Path> mongod = MongodServer.find(System.getenv());
        if (mongod.isPresent()) {
            return MongodServer.start(mongod.get(), dataDirectory, port);
        }
        Optional<EmbeddedDatabase> container =
                port == 0 && ContainerServer.isAsked() ? ContainerServer.start() : Optional.empty();
        return container.orElseGet(() -> H2Server.start(dataDirectory, port));
    }

    int port();

    /** What kind of server it is, such as {@code mongod 7.0.14} or {@code embedded mongo-java-server on H2}. */
    String kind();

    /** Where clients connect. No kind is a replica set, so writes are not retried by the driver. */
    default String connectionString() {
        return "mongodb://127.0.0.1:" + port() + "/?retryWrites=false";
    }

    /** Stops the server; what was acknowledged is on disk. */
    @Override
    void close();
}
