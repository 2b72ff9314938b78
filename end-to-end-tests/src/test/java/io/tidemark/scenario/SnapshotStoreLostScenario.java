package io.tidemark.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.localstack.ServiceName;
import io.tidemark.localstack.ServiceProcess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The store of snapshot-service is set back to an older copy, and later lost, and in between the tenant goes on living. A full capture
 * brings tenant and history together each time, by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SnapshotStoreLostScenario {

    private static final String STORE = "tidemark-snapshot";
    private static final String COPY = "tidemark-snapshot-copy";

    private WipedTenant tenant;
    private ServiceProcess service;
    private HelpdeskTool tool;

    @BeforeAll
    void theTenantIsCapturedAgainAndAgainAndTheStoreIsCopiedInBetween() {
        tenant = WipedTenant.open("store-lost", 41, 20, 200, Map.of());
        service = tenant.stack().service(ServiceName.SNAPSHOT);
        tool = new HelpdeskTool(tenant.stack());
        assertThat(tenant.sealed("FULL").path("state").asText()).isEqualTo("SEALED");
        upheaval("one");
        assertThat(tenant.sealed("INCREMENTAL").path("state").asText()).isEqualTo("SEALED");
        assertThat(new ServiceDatabase(tenant.stack(), STORE).copyTo(COPY)).isGreaterThan(20);
        // Of what comes now and is gone later only the history will know.
        upheaval("two");
        assertThat(tenant.sealed("FULL").path("state").asText()).isEqualTo("SEALED");
    }

    @AfterAll
    void stop() {
        if (tenant != null) {
            tenant.close();
        }
    }

    @Test
    @Order(1)
    void aStoreThatIsSetBackToAnOlderCopyComesTogetherWithTheHistory() {
        ExportedTenant captured = tenant.export();
        service.stop();
        undo("two");
        upheaval("three");
        service.restart(List.of("-Dquarkus.mongodb.database=" + COPY));
        service.awaitReady();

        assertComesTogether(captured);
    }

    @Test
    @Order(2)
    void aStoreThatIsLostComesTogetherWithTheHistory() {
        ExportedTenant captured = tenant.export();
        service.stop();
        new ServiceDatabase(tenant.stack(), COPY).drop();
        undo("three");
        upheaval("four");
        service.restart(List.of("-Dquarkus.mongodb.database=" + COPY));
        service.awaitReady();

        assertComesTogether(captured);
        JsonNode again = tenant.sealed("FULL");
        assertThat(again.path("state").asText()).isEqualTo("SEALED");
        assertThat(published(again)).isZero();
    }

    private void assertComesTogether(ExportedTenant captured) {
        TopicMark before = TopicMark.now(tenant.stack().bootstrapServers(), "tidemark.object-state.v1");
        ExportedTenant now = tenant.export();

        JsonNode snapshot = tenant.sealed("FULL");

        assertThat(snapshot.path("state").asText()).isEqualTo("SEALED");
        String moment = "snapshot:" + snapshot.path("snapshotId").asText();
        Set<String> keys = new TreeSet<>(captured.keys());
        keys.addAll(now.keys());
        assertThat(now.misfitsOf(RecordedTenant.at(tenant.stack(), moment, keys)))
                .isEmpty();
        Set<String> gone = new TreeSet<>(captured.keys());
        gone.removeAll(now.keys());
        assertThat(gone).hasSizeGreaterThan(20).anyMatch(key -> key.startsWith("namedLocation|"));
        // What the older copy still knew and the history did not is told to be gone once more, which changes nothing.
        assertThat(deletions(before)).containsAll(gone).doesNotHaveDuplicates().doesNotContainAnyElementsOf(now.keys());

        assertThat(published(tenant.sealed("INCREMENTAL"))).isZero();
    }

    private static List<String> deletions(TopicMark since) {
        return since.since().stream()
                .filter(state -> state.hasNonNull("deleted")
                        && ExportedTenant.compares(state.path("objectType").asText()))
                .map(state -> state.path("objectType").asText() + "|"
                        + state.path("objectId").asText())
                .toList();
    }

    private long published(JsonNode snapshot) {
        long published = 0;
        for (JsonNode type : tenant.operator()
                .get("/captures/" + snapshot.path("snapshotId").asText())
                .path("types")) {
            published += type.path("published").asLong();
        }
        return published;
    }

    /** Deletes, changes and creates objects and links of several kinds. */
    private void upheaval(String round) {
        ExportedTenant now = tenant.export();
        List<String> users = now.ids("user");
        List<String> groups = now.ids("group");
        for (int i = 0; i < 4; i++) {
            act("DELETE", "/users/" + users.get(users.size() - 1 - i), "");
            act("PATCH", "/users/" + users.get(40 + i), "{\"city\":\"" + round + "\",\"jobTitle\":null}");
        }
        act("DELETE", "/groups/" + groups.get(groups.size() - 1), "");
        act("PATCH", "/groups/" + groups.get(0), "{\"description\":\"" + round + "\"}");
        JsonNode made = tool.send(
                "POST",
                "/groups",
                "{\"displayName\":\"" + round + "\",\"mailEnabled\":false,\"mailNickname\":\"" + round
                        + "\",\"securityEnabled\":true}");
        for (int i = 50; i < 60; i++) {
            String reference = "{\"@odata.id\":\"" + tool.address() + "/directoryObjects/" + users.get(i) + "\"}";
            act("POST", "/groups/" + made.path("id").asText() + "/members/$ref", reference);
        }
        act(
                "POST",
                "/identity/conditionalAccess/namedLocations",
                "{\"@odata.type\":\"#microsoft.graph.ipNamedLocation\",\"displayName\":\"" + round
                        + "\",\"isTrusted\":false,\"ipRanges\":[{\"@odata.type\":\"#microsoft.graph.iPv4CidrRange\","
                        + "\"cidrAddress\":\"198.51.100.0/24\"}]}");
    }

    /** Deletes the group and the place that the round created. */
    private void undo(String round) {
        ExportedTenant now = tenant.export();
        for (String group : now.idsWith("group", "displayName", round)) {
            act("DELETE", "/groups/" + group, "");
        }
        for (String place : now.idsWith("namedLocation", "displayName", round)) {
            act("DELETE", "/identity/conditionalAccess/namedLocations/" + place, "");
        }
    }

    private void act(String method, String path, String body) {
        JsonNode unused = tool.send(method, path, body);
    }
}
