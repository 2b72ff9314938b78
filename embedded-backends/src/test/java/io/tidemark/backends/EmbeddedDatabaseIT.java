package io.tidemark.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        assumeFalse(ContainerServer.isAsked(), "containers are asked for, and they keep no data");
        try (var database = EmbeddedDatabase.start(folder, 0);
                var client = MongoClients.create(database.connectionString())) {
            for (int i = 0; i < 100; i++) {
                var document = new Document("_id", "tenant|user|" + i).append("@odata.type", "#user");
                documents(client)
                        .replaceOne(Filters.eq(document.get("_id")), document, new ReplaceOptions().upsert(true));
            }
        }

        try (var again = EmbeddedDatabase.start(folder, 0);
                var client = MongoClients.create(again.connectionString())) {
            assertThat(documents(client).countDocuments()).isEqualTo(100);
            assertThat(documents(client).find(Filters.eq("tenant|user|42")).first())
                    .containsEntry("@odata.type", "#user");
        }
    }

    @Test
    void theServerSaysWhatItIs() {
        try (var database = EmbeddedDatabase.start(folder, 0)) {
            assertThat(database.kind()).matches("embedded mongo-java-server on H2|mongod .+|container .+");
        }
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(folder, other.getLocalPort()))
                    .isInstanceOf(BackendException.class)
                    .hasMessage("port " + other.getLocalPort() + " for the database is taken");
        }
    }

    @Test
    void aFileThatIsInUseIsNamed() {
        try (var first = H2Server.start(folder, 0)) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> H2Server.start(folder, 0))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("tidemark.mv.db cannot be opened");
        }
    }

    @Test
    void theMongodOfTheEnvironmentComesBeforeTheOneOnThePath() throws IOException {
        Path onPath = executable(Files.createDirectories(folder.resolve("bin")).resolve("mongod"));
        Path named = executable(folder.resolve("my-mongod"));
        String path = onPath.getParent().toString();

        assertThat(MongodServer.find(Map.of("PATH", path))).contains(onPath);
        assertThat(MongodServer.find(Map.of("PATH", path, "MONGOD", named.toString())))
                .contains(named);
        assertThat(MongodServer.find(Map.of("PATH", folder.toString()))).isEmpty();
    }

    @Test
    void aNamedMongodThatIsMissingIsRefused() {
        var environment = Map.of("MONGOD", folder.resolve("nothing").toString());

        assertThatThrownBy(() -> MongodServer.find(environment))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("is not an executable file");
    }

    @Test
    void aMongodThatDoesNotListenIsReportedWithItsOutput() throws IOException {
        Path broken = executable(folder.resolve("mongod"));

        assertThatThrownBy(() -> MongodServer.start(broken, folder.resolve("data"), 0))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("its output is in");
    }

    @Test
    void aRealMongodStarts() {
        var mongod = MongodServer.find(System.getenv());
        assumeTrue(mongod.isPresent(), "no mongod here: MONGOD names none and there is none on PATH");

        try (var database = MongodServer.start(mongod.get(), folder, 0);
                var client = MongoClients.create(database.connectionString())) {
            documents(client).insertOne(new Document("_id", 1));
            assertThat(documents(client).countDocuments()).isEqualTo(1);
        }
    }

    @Test
    void aMongoDbInAContainerStarts() {
        assumeTrue(ContainerServer.isAsked(), "containers are not asked for: the profile containers does");
        assumeTrue(ContainerServer.dockerAnswers(), "no Docker answers here");

        try (var database = ContainerServer.start().orElseThrow();
                var client = MongoClients.create(database.connectionString())) {
            documents(client).insertOne(new Document("_id", 1));
            assertThat(documents(client).countDocuments()).isEqualTo(1);
        }
    }

    @Test
    void withoutDockerTheEmbeddedServerStandsIn() {
        assumeTrue(ContainerServer.isAsked(), "containers are not asked for: the profile containers does");
        assumeFalse(ContainerServer.dockerAnswers(), "Docker answers here");

        try (var database = EmbeddedDatabase.start(folder, 0)) {
            assertThat(database.kind()).matches("embedded mongo-java-server on H2|mongod .+");
        }
    }

    private static Path executable(Path file) throws IOException {
        Files.writeString(file, "#!/bin/sh\nexit 3\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static MongoCollection<Document> documents(MongoClient client) {
        return client.getDatabase("test").getCollection("documents");
    }
}
