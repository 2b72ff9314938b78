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
import io.tidemark.graph.FastTime;
import io.tidemark.graph.StubGraph;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading what hangs on other objects, what is one object, and links beside a list. */
class DependentReadingTest {

    private static final KindDescription CREDENTIALS = Catalogue.of(ObjectKind.FEDERATED_IDENTITY_CREDENTIAL);
    private static final KindDescription AUTHORIZATION = Catalogue.of(ObjectKind.AUTHORIZATION_POLICY);

    private final StubGraph graph = new StubGraph();
    private final GraphConnection connection = graph.connect(new FastTime());
    private final DirectoryReader reader = new DirectoryReader(connection);
    private final List<String> seen = new ArrayList<>();

    private final ChildSink children = new ChildSink() {
        @Override
        public void accept(ObjectId parent, JsonObject child) {
            seen.add(parent + ">" + child.findString("id").orElse("?"));
        }

        @Override
        public void restarted(ObjectId parent) {
            seen.add(parent + " again");
        }

        @Override
        public void missing(ObjectId parent) {
            seen.add(parent + " missing");
        }

        @Override
        public void shown(ObjectId parent) {
            seen.add(parent + " shown");
        }

        @Override
        public void restarted() {
            seen.add("all again");
        }
    };

    @AfterEach
    void stop() {
        connection.close();
        graph.close();
    }

    @Test
    void whatHangsOnManyObjectsIsReadInOneRequest() {
        batch(
                part(1, 200, "{\"value\":[{\"id\":\"x\"},{\"id\":\"y\"}]}"),
                part(2, 404, "{\"error\":{\"code\":\"a\"}}"));

        reader.children(CREDENTIALS, List.of(new ObjectId("a"), new ObjectId("b")), children);

        assertThat(seen).containsExactly("a>x", "a>y", "b missing");
        assertThat(graph.asked()).hasSize(1);
        assertThat(graph.asked().get(0).body())
                .contains(
                        "/applications/a/federatedIdentityCredentials", "/applications/b/federatedIdentityCredentials");
    }

    @Test
    void aLongListOfChildrenIsReadToItsEndAndBegunAgainIfItExpires() {
        String first = "{\"value\":[{\"id\":\"x\"}],\"@odata.nextLink\":\"" + graph.url("next?$skiptoken=1") + "\"}";
        batch(part(1, 200, first));
        graph.answers(200, first)
                .answers(400, "{\"error\":{\"code\":\"Directory_ExpiredPageToken\",\"message\":\"x\"}}")
                .answers(200, first)
                .answers(200, "{\"value\":[{\"id\":\"y\"}]}");

        reader.children(CREDENTIALS, List.of(new ObjectId("a")), children);

        assertThat(seen).containsExactly("a>x", "a again", "a>x", "a>y");
    }

    @Test
    void aRefusalOfOneChildListIsARefusalOfTheKind() {
        batch(part(1, 403, "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"x\"}}"));
        graph.answers(403, "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"x\"}}");

        assertThatThrownBy(() -> reader.children(CREDENTIALS, List.of(new ObjectId("a")), children))
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN));
    }

    @Test
    void aPartThatIsAnErrorOrHoldsNoListIsAskedForAlone() {
        batch(part(1, 200, "{\"error\":{\"code\":\"UnknownError\"}}"), part(2, 200, "{\"value\":\"none\"}"));
        graph.answers(200, "{\"value\":[{\"id\":\"x\"}]}").answers(200, "{\"value\":[{\"id\":\"y\"}]}");

        reader.children(CREDENTIALS, List.of(new ObjectId("a"), new ObjectId("b")), children);

        assertThat(seen).containsExactly("a>x", "b>y");
    }

    @Test
    void aListOfParentsShowsWhatHangsOnThemAndThoseThatMayHaveMoreAreAskedAlone() {
        String twenty =
                IntStream.range(0, 20).mapToObj(i -> "{\"id\":\"x" + i + "\"}").collect(Collectors.joining(","));
        graph.answers(
                200,
                "{\"value\":[{\"id\":\"a\",\"federatedIdentityCredentials\":[{\"id\":\"x\"}]},"
                        + "{\"id\":\"b\",\"federatedIdentityCredentials\":[]},{\"id\":\"c\"},"
                        + "{\"id\":\"d\",\"federatedIdentityCredentials\":[" + twenty + "]}]}");
        batch(part(1, 200, "{\"value\":[{\"id\":\"y\"}]}"), part(2, 200, "{\"value\":[{\"id\":\"z\"}]}"));

        reader.childrenBeside(CREDENTIALS, children);

        assertThat(graph.asked().get(0).uri())
                .isEqualTo("/v1.0/applications?$select=id&$expand=federatedIdentityCredentials&$top=999");
        assertThat(seen).containsExactly("a>x", "a shown", "b shown", "c>y", "d>z", "c shown", "d shown");
    }

    @Test
    void whereGraphTakesNoSuchListNobodyCountsAsShown() {
        graph.answers(400, "{\"error\":{\"code\":\"Request_UnsupportedQuery\",\"message\":\"x\"}}");

        reader.childrenBeside(CREDENTIALS, children);

        assertThat(seen).containsExactly("all again");
    }

    @Test
    void onlyTheParentsThatCanHaveItAreNamed() {
        KindDescription schedules = Catalogue.of(ObjectKind.PRIVILEGED_ACCESS_GROUP_ELIGIBILITY_SCHEDULE);
        graph.answers(200, "{\"value\":[{\"id\":\"b\"}]}");

        assertThat(reader.parents(schedules, List.of(new ObjectId("a"), new ObjectId("b"))))
                .containsExactly(new ObjectId("b"));
        assertThat(reader.parents(CREDENTIALS, List.of(new ObjectId("a")))).containsExactly(new ObjectId("a"));

        assertThat(graph.asked()).hasSize(1);
        assertThat(graph.asked().get(0).uri())
                .startsWith(
                        "/v1.0/groups?$filter=isAssignableToRole%20eq%20true%20and%20id%20in%20(%27a%27,%27b%27)&$select=id");
    }

    @Test
    void whatHangsOnAnObjectIsFoundByAFilterToo() {
        batch(part(1, 200, "{\"value\":[{\"id\":\"s\"}]}"));

        reader.children(
                Catalogue.of(ObjectKind.PRIVILEGED_ACCESS_GROUP_ELIGIBILITY_SCHEDULE),
                List.of(new ObjectId("g")),
                children);

        assertThat(seen).containsExactly("g>s");
        assertThat(graph.asked().get(0).body()).contains("eligibilitySchedules?$filter=groupId%20eq%20'g'");
    }

    @Test
    void oneChildIsFoundAmongThoseOfItsParent() {
        batch(part(1, 200, "{\"value\":[{\"id\":\"x\"},{\"id\":\"y\"}]}"));
        ObjectRef wanted =
                new ObjectRef(ObjectKind.FEDERATED_IDENTITY_CREDENTIAL, ObjectId.child(new ObjectId("a"), "y"));

        assertThat(reader.findAll(Set.of(wanted)).keySet()).containsExactly(wanted);
    }

    @Test
    void firstPagesAreFetchedTogetherAndHandedOutOnceRefusalsIncluded() {
        KindDescription settings = Catalogue.of(ObjectKind.GROUP_SETTING);
        KindDescription skus = Catalogue.of(ObjectKind.SUBSCRIBED_SKU);
        KindDescription locations = Catalogue.of(ObjectKind.NAMED_LOCATION);
        batch(
                part(1, 200, "{\"value\":[{\"id\":\"s\"}]}"),
                part(2, 403, "{\"error\":{\"code\":\"Authorization_RequestDenied\"}}"),
                part(3, 200, "{\"id\":\"authorizationPolicy\",\"allowInvitesFrom\":\"none\"}"));
        graph.answers(200, "{\"value\":[]}");
        List<JsonObject> listed = new ArrayList<>();

        int saved = reader.fetchAhead(List.of(settings, skus, AUTHORIZATION, locations));
        reader.list(settings, listed::add);
        JsonObject policy = reader.fetchSingleton(AUTHORIZATION);

        assertThat(saved).isEqualTo(2);
        assertThat(listed).hasSize(1);
        assertThat(policy.findString("allowInvitesFrom")).contains("none");
        assertThat(graph.asked()).hasSize(1);
        assertThat(graph.asked().get(0).body()).doesNotContain("namedLocations");
        assertThatThrownBy(() -> reader.list(skus, listed::add))
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN));
        reader.list(settings, listed::add);
        assertThat(listed).hasSize(1);
        assertThat(graph.asked()).hasSize(2);
    }

    @Test
    void linksBesideAListAreReadAloneWhereTheListMayHaveCutThemOff() {
        StringBuilder twenty = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            twenty.append(i == 0 ? "" : ",").append("{\"id\":\"t").append(i).append("\"}");
        }
        graph.answers(
                200,
                "{\"value\":[{\"id\":\"u\",\"sponsors\":[{\"id\":\"s\",\"@odata.type\":\"#microsoft.graph.user\"}]},"
                        + "{\"id\":\"v\",\"sponsors\":[" + twenty + "]},{\"id\":\"w\"}]}");
        batch(part(1, 200, "{\"value\":[" + twenty + ",{\"id\":\"t20\"}]}"));

        reader.expandedLinks(LinkKind.USER_SPONSORS, (source, target) -> seen.add(source + ">" + target.id()));

        assertThat(seen).hasSize(22).contains("u>s", "v>t20");
        assertThat(graph.asked().get(0).uri()).contains("$expand=sponsors($select=id)");
    }

    private void batch(String... parts) {
        graph.answers(200, "{\"responses\":[" + String.join(",", parts) + "]}");
    }

    private static String part(int id, int status, String body) {
        return "{\"id\":\"" + id + "\",\"status\":" + status + ",\"headers\":{},\"body\":" + body + "}";
    }
}
