package io.tidemark.backends;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} a broker with all topics and an empty database. The argument {@code topics.prefix}
 * overrides the prefix {@code tidemark}.
 */
public final class BackendsResource implements QuarkusTestResourceLifecycleManager {
    private String prefix = "tidemark";
    private @Nullable Path folder;
    private @Nullable EmbeddedBroker broker;
    private @Nullable EmbeddedDatabase database;

    @Override
    public void init(Map<String, String> arguments) {
        prefix = arguments.getOrDefault("topics.prefix", prefix);
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("tidemark-backends");
        } catch (IOException unusable) {
            throw new UncheckedIOException("no temporary folder for the backends", unusable);
        }
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        database = EmbeddedDatabase.start(folder.resolve("database"), 0);
        Topics.create(broker.bootstrapServers(), Topics.ofContracts(prefix));
        var settings = new LinkedHashMap<String, String>();
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("quarkus.mongodb.connection-string", database.connectionString());
        settings.put("tidemark.topics.prefix", prefix);
        settings.put("quarkus.devservices.enabled", "false");
        settings.put("quarkus.http.test-port", "0");
        return settings;
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
        if (broker != null) {
            broker.close();
        }
        if (folder != null) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException kept) {
            throw new UncheckedIOException("the backends' temporary folder was not removed", kept);
        }
    }
}
