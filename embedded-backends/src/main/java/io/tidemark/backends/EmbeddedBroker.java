package io.tidemark.backends;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real Apache Kafka broker, controller included, in this JVM and on loopback. Its data outlives it. */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker whose log is kept in the folder, which is formatted when it is new.
     *
     * @param port where clients connect; 0 picks a free one
     * @throws BackendException if the port is taken or the folder cannot be used
     */
    public static EmbeddedBroker start(Path dataDirectory, int port) {
        int clientPort = Ports.reserve(port, "broker");
        int controllerPort = Ports.reserve(0, "broker's controller");
        Path log = dataDirectory.resolve("log").toAbsolutePath();
        formatIfNew(log);
        var server = new KafkaRaftServer(new KafkaConfig(settings(log, clientPort, controllerPort)), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException failed) {
            server.shutdown();
            throw new BackendException("the broker did not start in " + dataDirectory + ": " + failed, failed);
        }
        return new EmbeddedBroker(server, clientPort);
    }

    /** Where clients connect, such as {@code 127.0.0.1:9092}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Stops the broker and waits until it is down. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void formatIfNew(Path log) {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(log);
            new Formatter()
                    .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, "UTF-8"))
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(log.toString())
                    .setMetadataLogDirectory(log.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(CONTROLLER)
                    .run();
        } catch (IOException unusable) {
            throw new BackendException("the broker's folder " + log + " cannot be written: " + unusable, unusable);
        } catch (Exception refused) { // Formatter.run declares nothing narrower
            throw new BackendException("the broker's folder " + log + " cannot be formatted: " + refused, refused);
        }
    }

    private static Map<String, String> settings(Path log, int clientPort, int controllerPort) {
        var settings = new TreeMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
        settings.put(
                "listeners",
                "PLAINTEXT://" + HOST + ":" + clientPort + "," + CONTROLLER + "://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + clientPort);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("log.dirs", log.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("num.partitions", "4");
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "4");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("log.cleaner.threads", "1");
        // The default takes 128 MB of heap.
        settings.put("log.cleaner.dedupe.buffer.size", "16777216");
        settings.put("controlled.shutdown.enable", "false");
        return settings;
    }
}
