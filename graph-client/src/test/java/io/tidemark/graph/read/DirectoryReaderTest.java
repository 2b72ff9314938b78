package io.tidemark.graph.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.graph.FastTime;
import io.tidemark.graph.StubGraph;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DirectoryReaderTest {

    private static final KindDescription USERS = Catalogue.of(ObjectKind.USER);
    private static final KindDescription GROUPS = Catalogue.of(ObjectKind.GROUP);
    private static final KindDescription POLICIES = Catalogue.of(ObjectKind.CONDITIONAL_ACCESS_POLICY);
    private static final String EXPIRED = "{\"error\":{\"code\":\"Directory_ExpiredPageToken\",\"message\":\"x\"}}";

    private final StubGraph graph = new StubGraph();
    private final FastTime time = new FastTime();
    private final GraphConnection connection = graph.connect(time);
    private final DirectoryReader reader = new DirectoryReader(connection);

    @AfterEach
    void stop() {
        connection.close();
        graph.close();
    }

    /** Remembers what came, and where the listing began again. */
    private static final class Seen implements ObjectSink {

        private final List<String> events = new ArrayList<>();

        @Override
        public void accept(JsonObject object) {
            events.add(object.findString("id").orElse("?"));
        }

        @Override
        public void restarted() {
            events.add("again");
        }
    }

    @Test
    void aListIsFollowedToItsEndWithEveryProperty() {
        graph.answers(
                        200,
                        "{\"value\":[{\"id\":\"1\",\"n\":2.50},{\"id\":\"2\"}],\"@odata.nextLink\":\""
                                + graph.url("users?$skiptoken=a") + "\"}")
                .answers(200, "{\"value\":[],\"@odata.nextLink\":\"" + graph.url("users?$skiptoken=b") + "\"}")
                .answers(200, "{\"value\":[{\"id\":\"3\"}]}");
        Seen seen = new Seen();

        Listing listing = reader.list(USERS, seen);

        assertThat(seen.events).containsExactly("1", "2", "3");
        assertThat(listing).isEqualTo(new Listing(3, 3, 0));
        assertThat(graph.asked().get(0).uri())
                .startsWith("/v1.0/users?$top=999&$select=")
                .contains("onPremisesExtensionAttributes", "accountEnabled", "department");
        assertThat(graph.asked().get(1).uri()).isEqualTo("/v1.0/users?$skiptoken=a");
    }

    @Test
    void numbersNullsAndUnknownPropertiesComeAsTheyWereSent() {
        String object =
                "{\"id\":\"1\",\"big\":9007199254740993,\"small\":2.50,\"none\":null,\"empty\":\"\",\"list\":[],\"new\":{\"@odata.type\":\"#x\"}}";
        graph.answers(200, "{\"value\":[" + object + "]}");
        List<String> texts = new ArrayList<>();

        reader.list(USERS, o -> texts.add(JsonText.text(o)));

        assertThat(texts).containsExactly(object);
    }

    @Test
    void aPageThatIsCutOffIsNeverHandedOnInPart() {
        graph.answers(200, "{\"value\":[{\"id\":\"1\"},{\"id\":")
                .answers(200, "{\"value\":[{\"id\":\"1\"},{\"id\":\"2\"}]}");
        Seen seen = new Seen();

        reader.list(USERS, seen);

        assertThat(seen.events).containsExactly("1", "2");
    }

    @Test
    void anExpiredPageBeginsTheListAgain() {
        graph.answers(
                        200,
                        "{\"value\":[{\"id\":\"1\"}],\"@odata.nextLink\":\"" + graph.url("users?$skiptoken=a") + "\"}")
                .answers(400, EXPIRED)
                .answers(200, "{\"value\":[{\"id\":\"1\"},{\"id\":\"2\"}]}");
        Seen seen = new Seen();

        Listing listing = reader.list(USERS, seen);

        assertThat(seen.events).containsExactly("1", "again", "1", "2");
        assertThat(listing).isEqualTo(new Listing(2, 3, 1));
    }

    @Test
    void aSinkThatFailsEndsTheList() {
        graph.answers(
                        200,
                        "{\"value\":[{\"id\":\"1\"}],\"@odata.nextLink\":\"" + graph.url("users?$skiptoken=a") + "\"}")
                .answers(200, "{\"value\":[{\"id\":\"2\"}]}");

        assertThatThrownBy(() -> reader.list(USERS, object -> {
                    throw new IllegalStateException("full");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("full");
    }

    @Test
    void aListThatExpiresAgainAndAgainIsGivenUp() {
        graph.answers(400, EXPIRED).answers(400, EXPIRED).answers(400, EXPIRED).answers(400, EXPIRED);

        assertThatThrownBy(() -> reader.list(USERS, new Seen()))
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EXPIRED_PAGE));
    }

    @Test
    void policiesAreListedWithoutPageSize() {
        graph.answers(200, "{\"value\":[]}");

        reader.list(POLICIES, new Seen());

        assertThat(graph.asked().get(0).uri()).isEqualTo("/v1.0/identity/conditionalAccess/policies");
    }

    @Test
    void directoryExtensionsAreAskedForOnceAndThenNamed() {
        graph.answers(200, """
                        {"value":[{"name":"extension_abc_badge","targetObjects":["User","Device"]},
                                  {"name":"extension_abc_area","targetObjects":["Group","User"]}]}""").answers(200, "{\"value\":[]}").answers(200, "{\"value\":[]}");
        DirectoryReader extended = DirectoryReader.withExtensions(connection);

        extended.list(USERS, new Seen());
        extended.list(GROUPS, new Seen());

        assertThat(graph.asked().get(0).uri()).isEqualTo("/v1.0/directoryObjects/getAvailableExtensionProperties");
        assertThat(graph.asked().get(1).uri()).endsWith(",extension_abc_area,extension_abc_badge");
        assertThat(graph.asked().get(2).uri()).endsWith(",extension_abc_area");
        assertThat(extended.extensions(ObjectKind.GROUP)).contains(List.of("extension_abc_area"));
    }

    @Test
    void whatIsShownOnlyToThoseWhoNameNothingIsAskedForBesideTheExtensions() {
        graph.answers(200, "{\"value\":[{\"name\":\"extension_abc_site\",\"targetObjects\":[\"Organization\"]}]}")
                .answers(200, "{\"value\":[{\"id\":\"o\",\"extension_abc_site\":\"Bern\"}]}")
                .answers(200, "{\"value\":[{\"id\":\"o\",\"displayName\":\"Contoso\",\"newerThanUs\":1}]}");
        List<JsonObject> listed = new ArrayList<>();

        Listing unused =
                DirectoryReader.withExtensions(connection).list(Catalogue.of(ObjectKind.ORGANIZATION), listed::add);

        assertThat(graph.asked().get(1).uri()).isEqualTo("/v1.0/organization?$select=id,extension_abc_site");
        assertThat(graph.asked().get(2).uri()).isEqualTo("/v1.0/organization");
        assertThat(listed)
                .containsExactly(
                        JsonText.parseObject(
                                "{\"id\":\"o\",\"displayName\":\"Contoso\",\"newerThanUs\":1,\"extension_abc_site\":\"Bern\"}"));
    }

    @Test
    void whoMayNotReadTheDirectoryReadsWithoutExtensions() {
        graph.answers(
                        403,
                        "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"Insufficient privileges\"}}")
                .answers(200, "{\"value\":[]}");
        DirectoryReader extended = DirectoryReader.withExtensions(connection);

        extended.list(USERS, new Seen());

        assertThat(graph.asked().get(1).uri()).doesNotContain("extension_");
        assertThat(extended.extensions(ObjectKind.USER)).isEmpty();
    }

    @Test
    void aDeltaTellsWhatCameChangedAndWent() {
        graph.answers(200, """
                {"value":[
                  {"id":"g1","displayName":"Sales","members@delta":[{"@odata.type":"#microsoft.graph.user","id":"u1"},{"@odata.type":"#microsoft.graph.user","id":"u2","@removed":{"reason":"deleted"}}],"owners@delta":[{"id":"u3"}]},
                  {"id":"g2","@removed":{"reason":"changed"}},
                  {"id":"g3","@removed":{"reason":"deleted"}}],
                 "@odata.deltaLink":"%s"}""".formatted(graph.url("groups/delta?$deltatoken=t")));

        DeltaPage page = reader.delta(GROUPS, Optional.empty());

        assertThat(graph.asked().get(0).uri())
                .startsWith("/v1.0/groups/delta?$select=")
                .contains(",members,owners");
        assertThat(page.complete()).isTrue();
        assertThat(page.items())
                .containsExactly(
                        new DeltaItem.Present(
                                new ObjectId("g1"),
                                JsonText.parseObject("{\"id\":\"g1\",\"displayName\":\"Sales\"}"),
                                List.of(
                                        change(
                                                LinkKind.GROUP_MEMBERS,
                                                "u1",
                                                Optional.of("user"),
                                                DeltaItem.Presence.PRESENT),
                                        change(
                                                LinkKind.GROUP_MEMBERS,
                                                "u2",
                                                Optional.of("user"),
                                                DeltaItem.Presence.ABSENT),
                                        change(
                                                LinkKind.GROUP_OWNERS,
                                                "u3",
                                                Optional.empty(),
                                                DeltaItem.Presence.PRESENT))),
                        new DeltaItem.Removed(new ObjectId("g2"), DeltaItem.Removal.SOFT),
                        new DeltaItem.Removed(new ObjectId("g3"), DeltaItem.Removal.HARD));
    }

    @Test
    void aDeltaGoesOnWhereItsLinkLeads() {
        graph.answers(200, "{\"value\":[],\"@odata.nextLink\":\"" + graph.url("users/delta?$skiptoken=s") + "\"}")
                .answers(200, "{\"value\":[],\"@odata.deltaLink\":\"" + graph.url("users/delta?$deltatoken=t") + "\"}");

        DeltaPage first = reader.delta(USERS, Optional.empty());
        DeltaPage second = reader.delta(USERS, Optional.of(first.next()));

        assertThat(first.complete()).isFalse();
        assertThat(second.complete()).isTrue();
        assertThat(second.next().url()).endsWith("$deltatoken=t");
        assertThat(graph.asked().get(0).uri()).contains(",manager");
        assertThat(graph.asked().get(1).uri()).isEqualTo("/v1.0/users/delta?$skiptoken=s");
    }

    @Test
    void anExpiredDeltaLinkIsGone() {
        graph.answers(
                400,
                "{\"error\":{\"code\":\"syncStateNotFound\",\"message\":\"The sync state generation is not found.\"}}");

        assertThatThrownBy(
                        () -> reader.delta(USERS, Optional.of(new DeltaLink(graph.url("users/delta?$deltatoken=old")))))
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.reason()).isEqualTo(Reason.GONE));
    }

    @Test
    void kindsWithoutDeltaAreRefused() {
        assertThatThrownBy(() -> reader.delta(POLICIES, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conditionalAccessPolicy");
    }

    @Test
    void anObjectThatIsNotThereIsEmpty() {
        graph.answers(404, "{\"error\":{\"code\":\"Request_ResourceNotFound\"}}")
                .answers(404, "{}");

        assertThat(reader.find(ObjectRef.of(ObjectKind.GROUP, "g1"))).isEmpty();
        assertThat(reader.findDeleted(ObjectRef.of(ObjectKind.GROUP, "g1"))).isEmpty();
        assertThat(graph.asked().get(1).uri()).isEqualTo("/v1.0/directory/deletedItems/g1");
    }

    @Test
    void roleAssignmentsHaveNoRecycleBin() {
        assertThat(reader.findDeleted(ObjectRef.of(ObjectKind.ROLE_ASSIGNMENT, "r1")))
                .isEmpty();
        assertThat(graph.asked()).isEmpty();
    }

    @Test
    void manyObjectsAreAskedForByTheirIds() {
        graph.answers(200, "{\"value\":[{\"id\":\"u1\"},{\"id\":\"u3\"}]}");

        Map<ObjectRef, JsonObject> found = reader.findAll(users("u1", "u2", "u3", "u4"));

        assertThat(found.keySet()).isEqualTo(java.util.Set.copyOf(users("u1", "u3")));
        assertThat(graph.asked().get(0).uri()).startsWith("/v1.0/directoryObjects/getByIds?$select=");
        assertThat(graph.asked().get(0).body())
                .contains("\"u1\",\"u2\",\"u3\",\"u4\"")
                .contains("\"types\":[\"user\"]");
    }

    @Test
    void withoutThePermissionToAskByIdsObjectsAreReadInBatches() {
        graph.answers(403, "{\"error\":{\"code\":\"Authorization_RequestDenied\"}}")
                .answers(200, """
                        {"responses":[{"id":"2","status":404,"body":{}},{"id":"1","status":200,"body":{"id":"u1"}},
                         {"id":"3","status":503,"body":{}},{"id":"4","status":200,"body":{"id":"u4"}}]}""")
                .answers(200, "{\"id\":\"u3\"}");

        Map<ObjectRef, JsonObject> found = reader.findAll(users("u1", "u2", "u3", "u4"));

        assertThat(found.keySet()).isEqualTo(java.util.Set.copyOf(users("u1", "u3", "u4")));
        assertThat(graph.asked().get(1).uri()).isEqualTo("/v1.0/$batch");
        assertThat(graph.asked().get(2).uri()).startsWith("/v1.0/users/u3");
    }

    @Test
    void whatABatchRejectsIsAskedForInALaterOneAfterTheLongestTimeThatGraphWants() {
        graph.answers(403, "{\"error\":{\"code\":\"Authorization_RequestDenied\"}}")
                .answers(200, """
                        {"responses":[{"id":"1","status":429,"headers":{"Retry-After":"2"},"body":{}},{"id":"2","status":200,"body":{"id":"u2"}},
                         {"id":"3","status":429,"headers":{"Retry-After":"7"},"body":{}},{"id":"4","status":404,"body":{}}]}""")
                .answers(200, """
                        {"responses":[{"id":"2","status":200,"body":{"id":"u3"}},{"id":"1","status":200,"body":{"id":"u1"}}]}""");

        Map<ObjectRef, JsonObject> found = reader.findAll(users("u1", "u2", "u3", "u4"));

        assertThat(found.keySet()).isEqualTo(java.util.Set.copyOf(users("u1", "u2", "u3")));
        assertThat(graph.asked()).hasSize(3);
        assertThat(graph.asked().get(2).uri()).isEqualTo("/v1.0/$batch");
        assertThat(graph.asked().get(2).body())
                .contains("users/u1")
                .contains("users/u3")
                .doesNotContain("users/u2");
        assertThat(time.slept()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void manyPoliciesAreListedBecauseTheirLaneIsSlow() {
        graph.answers(200, "{\"value\":[{\"id\":\"p1\"},{\"id\":\"p2\"},{\"id\":\"p3\"},{\"id\":\"p9\"}]}");

        Map<ObjectRef, JsonObject> found = reader.findAll(List.of(policy("p1"), policy("p2"), policy("p4")));

        assertThat(found.keySet()).containsExactlyInAnyOrder(policy("p1"), policy("p2"));
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void linksTellWhereTheyLeadAndTo() {
        graph.answers(
                        200,
                        "{\"value\":[{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"u1\"}],\"@odata.nextLink\":\""
                                + graph.url("groups/g1/members?$skiptoken=a") + "\"}")
                .answers(200, "{\"value\":[{\"@odata.type\":\"#microsoft.graph.group\",\"id\":\"g2\"}]}");
        List<String> links = new ArrayList<>();

        reader.links(
                LinkKind.GROUP_MEMBERS,
                new ObjectId("g1"),
                (source, target) -> links.add(
                        source + ">" + target.id() + ":" + target.type().orElse("")));

        assertThat(links).containsExactly("g1>u1:user", "g1>g2:group");
        assertThat(graph.asked().get(0).uri()).isEqualTo("/v1.0/groups/g1/members?$select=id&$top=999");
    }

    @Test
    void nobodyAsManagerIsNoLink() {
        graph.answers(404, "{\"error\":{\"code\":\"Request_ResourceNotFound\"}}")
                .answers(200, "{\"id\":\"m1\"}");
        List<String> links = new ArrayList<>();

        reader.links(
                LinkKind.USER_MANAGER,
                new ObjectId("u1"),
                (source, target) -> links.add(target.id().value()));
        reader.links(
                LinkKind.USER_MANAGER,
                new ObjectId("u2"),
                (source, target) -> links.add(target.id().value()));

        assertThat(links).containsExactly("m1");
    }

    @Test
    void linksOfManyObjectsComeTwentyInOneRequest() {
        graph.answers(200, """
                {"responses":[{"id":"1","status":200,"body":{"value":[{"id":"u1"}]}},{"id":"2","status":404,"body":{}},
                 {"id":"3","status":200,"body":{"value":[{"id":"u1"}],"@odata.nextLink":"%s"}}]}""".formatted(graph.url("groups/g3/members?$skiptoken=a")));
        graph.answers(200, "{\"value\":[{\"id\":\"u1\"},{\"id\":\"u2\"}]}");
        List<String> links = new ArrayList<>();

        reader.links(
                LinkKind.GROUP_MEMBERS,
                List.of(new ObjectId("g1"), new ObjectId("g2"), new ObjectId("g3")),
                new LinkSink() {
                    @Override
                    public void accept(ObjectId source, LinkTarget target) {
                        links.add(source + ">" + target.id());
                    }

                    @Override
                    public void missing(ObjectId source) {
                        links.add(source + " missing");
                    }
                });

        assertThat(links).containsExactly("g1>u1", "g2 missing", "g3>u1", "g3>u2");
    }

    private static DeltaItem.LinkChange change(
            LinkKind kind, String id, Optional<String> type, DeltaItem.Presence presence) {
        return new DeltaItem.LinkChange(kind, new LinkTarget(new ObjectId(id), type), presence);
    }

    private static List<ObjectRef> users(String... ids) {
        return List.of(ids).stream()
                .map(id -> ObjectRef.of(ObjectKind.USER, id))
                .toList();
    }

    private static ObjectRef policy(String id) {
        return ObjectRef.of(ObjectKind.CONDITIONAL_ACCESS_POLICY, id);
    }
}
