package io.tidemark.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A snapshot that shrank is looked at and accepted. The next one leaves as a signed and encrypted bundle and comes back into a Tidemark
 * that knows nothing. Each test goes on from where the one before it ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BundleIntoEmptyTidemarkScenario {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LEAVERS = 60;

    private final CopyPlaces places =
            new CopyPlaces(Path.of("target", "scenarios", "bundle-copies").toAbsolutePath());
    private WipedTenant tenant;
    private HelpdeskTool tool;
    private String snapshot;
    private String place;
    private Set<Fact> gone;

    @BeforeAll
    void theTenantIsCaptured() {
        tenant = WipedTenant.open("bundle", 43, 20, 200, places.settings());
        tool = new HelpdeskTool(tenant.stack());
        place = tool.send(
                        "POST",
                        "/identity/conditionalAccess/namedLocations",
                        "{\"@odata.type\":\"#microsoft.graph.ipNamedLocation\",\"displayName\":\"Annex\",\"isTrusted\":false,"
                                + "\"ipRanges\":[{\"@odata.type\":\"#microsoft.graph.iPv4CidrRange\","
                                + "\"cidrAddress\":\"198.51.100.0/24\"}]}")
                .path("id")
                .asText();
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
    void aTenantThatShrinksMakesTheSnapshotSuspectUntilSomebodyAcceptsIt() {
        TopicMark ops = TopicMark.now(tenant.stack().bootstrapServers(), "tidemark.ops.v1");
        List<String> users = tenant.export().ids("user");
        users.subList(users.size() - LEAVERS, users.size()).forEach(user -> act("DELETE", "/users/" + user, ""));

        JsonNode suspect = tenant.sealed("FULL");

        String doubted = suspect.path("snapshotId").asText();
        assertThat(suspect.path("state").asText()).isEqualTo("SUSPECT");
        assertThat(suspect.path("suspect").toString()).contains("user shrank from");
        JsonNode frozen = tenant.operator().get("/snapshots").path("retention");
        assertThat(frozen.path("frozen").asBoolean()).isTrue();
        assertThat(frozen.path("because").toString()).contains(doubted);
        assertThat(told(ops)).containsExactly("snapshot-suspect");

        ObjectNode acceptance =
                tenant.operator().object().put("by", "night shift").put("reason", "sixty people left");
        JsonNode accepted = tenant.operator().post("/snapshots/" + doubted + "/accept", acceptance);

        assertThat(accepted.path("state").asText()).isEqualTo("SEALED");
        assertThat(tenant.operator().get("/snapshots").at("/retention/frozen").asBoolean(true))
                .isFalse();
        assertThat(told(ops)).containsExactlyInAnyOrder("snapshot-suspect", "snapshot-accepted");
        JsonNode next = tenant.sealed("FULL");
        assertThat(next.path("state").asText()).isEqualTo("SEALED");
        snapshot = next.path("snapshotId").asText();
    }

    @Test
    @Order(2)
    void theSnapshotGetsALabelAndAPinAndLeaves() {
        ObjectNode remark = tenant.operator().object().put("label", "golden").put("pinned", true);
        JsonNode remarked = tenant.operator().patch("/snapshots/" + snapshot, remark);
        assertThat(remarked.path("label").asText()).isEqualTo("golden");

        JsonNode copied = ended(
                "/snapshots/" + snapshot + "/exports/",
                tenant.operator()
                        .post(
                                "/snapshots/" + snapshot + "/exports",
                                tenant.operator().object().put("target", CopyPlaces.VAULT))
                        .path("id"));

        assertThat(copied.path("state").asText()).as("copy: %s", copied).isEqualTo("DONE");
        ExportedTenant before = tenant.export();
        act("DELETE", "/identity/conditionalAccess/namedLocations/" + place, "");
        gone = before.differencesTo(tenant.export());
        assertThat(gone).containsExactly(Fact.action("namedLocation", place, "SOFT_DELETED"));
    }

    @Test
    @Order(3)
    void anotherTidemarkThatKnowsNothingIsStarted() {
        tenant.replaceByAnEmptyOne("second");

        assertThat(tenant.operator().get("/snapshots").path("snapshots")).isEmpty();
        assertThat(tenant.operator().get("/captures").path("captures")).isEmpty();
        assertThat(tenant.operator()
                        .get("/copies/bundles?target=" + CopyPlaces.VAULT)
                        .path("snapshots")
                        .toString())
                .contains(snapshot);
    }

    @ParameterizedTest
    @ValueSource(strings = {"states/group.members-00001.ndjson.gz.aes", "manifest.json", "manifest.json.sig"})
    @Order(4)
    void aBundleOfWhichOneByteIsOtherwiseIsRefusedWithThePartNamed(String part) {
        places.alter(tenant.stack().tenant() + "/" + snapshot, part);

        JsonNode refused = imported(CopyPlaces.ATTIC);

        assertThat(refused.path("state").asText()).isEqualTo("FAILED");
        assertThat(refused.path("reason").asText()).contains(part.replace(".sig", ""));
        assertThat(tenant.operator().get("/snapshots").path("snapshots")).isEmpty();
    }

    @Test
    @Order(5)
    void theBundleComesBackAndIsIntact() {
        JsonNode imported = imported(CopyPlaces.VAULT);

        assertThat(imported.path("state").asText()).as("import: %s", imported).isEqualTo("DONE");
        JsonNode known = tenant.operator().get("/snapshots/" + snapshot);
        assertThat(known.path("state").asText()).isEqualTo("SEALED");
        assertThat(known.path("label").asText()).isEqualTo("golden");
        assertThat(known.path("pinned").asBoolean()).isTrue();
        for (String level : List.of("STRUCTURE", "SAMPLE", "EVERY_BYTE")) {
            String path = "/snapshots/" + snapshot;
            ObjectNode order = tenant.operator().object().put("level", level);
            JsonNode verified = ended(
                    path + "/verifications/",
                    tenant.operator().post(path + "/verify", order).path("verificationId"));
            assertThat(verified.at("/verdict/outcome").asText())
                    .as("verification: %s", verified)
                    .isEqualTo("INTACT");
        }
        ExportedTenant now = tenant.export();
        Set<String> keys = new TreeSet<>(now.keys());
        keys.add("namedLocation|" + place);
        assertThat(now.misfitsOf(RecordedTenant.at(tenant.stack(), "snapshot:" + snapshot, keys)))
                .containsExactly("namedLocation|" + place + " is recorded and not there");
    }

    @Test
    @Order(6)
    void theFirstLookAtTheLiveTenantShowsWhatHasGoneSinceAndNothingElse() {
        JsonNode report = tenant.report("snapshot:" + snapshot, "live", Set.of());

        assertThat(Facts.of(tenant.items(report))).containsExactlyElementsOf(gone);
    }

    @Test
    @Order(7)
    void whatIsDeletedAfterwardsComesBack() {
        ExportedTenant before = tenant.export();
        String group = before.ids("group").stream()
                .filter(id -> !before.isDynamic(id))
                .findFirst()
                .orElseThrow();
        String user = before.ids("user").get(before.ids("user").size() - 1);
        act("DELETE", "/groups/" + group, "");
        act("DELETE", "/users/" + user, "");
        assertThat(before.differencesTo(tenant.export()))
                .contains(Fact.action("group", group, "SOFT_DELETED"), Fact.action("user", user, "SOFT_DELETED"));

        JsonNode planned = tenant.planned(snapshot, Stream.of("group|" + group, "user|" + user));
        tenant.execute(planned);
        JsonNode ended = tenant.ended(planned);

        DepartmentWipedByScriptScenario.assertRestored(tenant, before, ended);
        JsonNode report = tenant.report("snapshot:" + snapshot, "live", Set.of());
        assertThat(Facts.of(tenant.items(report))).containsExactlyElementsOf(gone);
    }

    private JsonNode imported(String place) {
        ObjectNode order = tenant.operator().object().put("target", place).put("snapshot", snapshot);
        return ended(
                "/copies/imports/",
                tenant.operator().post("/copies/imports", order).path("id"));
    }

    private JsonNode ended(String path, JsonNode id) {
        return tenant.operator()
                .await(
                        path + id.asText(),
                        PATIENCE,
                        view -> Set.of("DONE", "FAILED")
                                .contains(view.path("state").asText()));
    }

    private static List<String> told(TopicMark since) {
        return since.since().stream()
                .map(news -> news.path("event").asText())
                .filter(event -> event.startsWith("snapshot-"))
                .toList();
    }

    private void act(String method, String path, String body) {
        JsonNode unused = tool.send(method, path, body);
    }
}
