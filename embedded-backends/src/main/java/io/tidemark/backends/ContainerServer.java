package io.tidemark.backends;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.mongodb.MongoDBContainer;

/** A MongoDB in a container, which is thrown away with its data when it is closed. */
final class ContainerServer implements EmbeddedDatabase {

    /** The system property that asks for containers. */
    static final String ASKED = "tidemark.containers";

    private static final Logger LOG = System.getLogger(ContainerServer.class.getName());
    private static final String IMAGE = "mongo:7.0";
    private static final int PORT = 27_017;

    private final MongoDBContainer container;

    private ContainerServer(MongoDBContainer container) {
        this.container = container;
    }

    /** Whether tests are to use containers where they can. */
    static boolean isAsked() {
        return Boolean.getBoolean(ASKED);
    }

    static boolean dockerAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** A new server; empty, saying so, where no Docker answers. */
    static Optional<EmbeddedDatabase> start() {
        if (!dockerAnswers()) {
            LOG.log(Level.WARNING, "containers were asked for and no Docker answers: the embedded server stands in");
            return Optional.empty();
        }
        var container = new MongoDBContainer(IMAGE);
        container.start();
        return Optional.of(new ContainerServer(container));
    }

    @Override
    public int port() {
        return container.getMappedPort(PORT);
    }

    @Override
    public String kind() {
        return "container " + IMAGE;
    }

    @Override
    public String connectionString() {
        return "mongodb://" + container.getHost() + ":" + port() + "/?retryWrites=false&directConnection=true";
    }

    @Override
    public void close() {
        container.stop();
    }
}
