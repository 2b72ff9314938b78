package io.tidemark.graph.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.FastTime;
import io.tidemark.graph.StubGraph;
import io.tidemark.graph.audit.AuditLogReader;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that no honest service would send: none of them is taken for an answer, and none keeps a reader for ever. */
class OddPagesTest {

    private static final KindDescription UNITS = Catalogue.of(ObjectKind.ADMINISTRATIVE_UNIT);
    private static final KindDescription GROUPS = Catalogue.of(ObjectKind.GROUP);
    private static final KindDescription SETTINGS = Catalogue.of(ObjectKind.GROUP_SETTING);

    private final StubGraph graph = new StubGraph();
    private final FastTime time = new FastTime();
    private final GraphConnection connection = graph.connect(time);
    private final DirectoryReader reader = new DirectoryReader(connection);
    private final List<JsonObject> listed = new ArrayList<>();

    @AfterEach
    void stop() {
        connection.close();
        graph.close();
    }

    @Test
    void aListThatLeadsRoundInACircleIsGivenUp() {
        for (int i = 0; i < 100; i++) {
            graph.answers(200, page("{\"id\":\"1\"}", "administrativeUnits?$skiptoken=" + i % 2));
        }

        assertBadAnswer(() -> reader.list(UNITS, listed::add));

        assertThat(graph.asked()).hasSizeLessThan(20);
    }

    @Test
    void aPageThatComesTwiceIsNoCircle() {
        graph.answers(200, page("{\"id\":\"1\"}", "x?$skiptoken=a"))
                .answers(200, page("{\"id\":\"1\"}", "x?$skiptoken=a"))
                .answers(200, page("", "x?$skiptoken=b"))
                .answers(200, "{\"value\":[{\"id\":\"2\"}]}");

        Listing listing = reader.list(UNITS, listed::add);

        assertThat(listing.objects()).isEqualTo(3);
    }

    @Test
    void anAuditLogThatLeadsRoundInACircleIsGivenUp() {
        String event = "{\"id\":\"a\",\"activityDateTime\":\"" + time.instant() + "\"}";
        for (int i = 0; i < 100; i++) {
            graph.answers(200, page(event, "auditLogs/directoryAudits?$skiptoken=same"));
        }

        assertBadAnswer(() -> new AuditLogReader(connection)
                .read(time.instant().minus(Duration.ofHours(1)), time.instant(), listed::add));
    }

    @Test
    void aNextPageOnAnotherHostIsNotAskedForAndNeverShownTheToken() throws Exception {
        AtomicInteger visits = new AtomicInteger();
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            visits.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        other.start();
        String elsewhere = "http://127.0.0.1:" + other.getAddress().getPort() + "/v1.0/groups?$skiptoken=a";
        String next = "{\"value\":[{\"id\":\"1\",\"activityDateTime\":\"" + time.instant()
                + "\"}],\"@odata.nextLink\":\"" + elsewhere + "\"}";
        graph.answers(200, next).answers(200, next).answers(200, next);

        assertBadAnswer(() -> reader.list(UNITS, listed::add));
        DeltaPage page = reader.delta(GROUPS, Optional.empty());
        assertBadAnswer(() -> reader.delta(GROUPS, Optional.of(page.next())));
        assertBadAnswer(() -> new AuditLogReader(connection)
                .read(time.instant().minus(Duration.ofHours(1)), time.instant(), listed::add));

        assertThat(visits).hasValue(0);
        other.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://graph.microsoft.com.evil.example/v1.0/users",
                "http://127.0.0.1:1/v1.0/users",
                "https://127.0.0.1/v1.0/users",
                "https://graph@evil.example/v1.0/users"
            })
    void noLinkThatOnlyLooksLikeGraphsIsFollowed(String link) {
        assertBadAnswer(() -> reader.delta(GROUPS, Optional.of(new DeltaLink(link))));

        assertThat(graph.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"value\":null}",
                "{\"value\":{}}",
                "{\"value\":[null]}",
                "{\"value\":[[]]}",
                "{\"error\":\"x\"}",
                "{\"error\":{\"code\":\"x\"},\"value\":[]}",
                "{\"value\":[{\"id\":\"1\",\"id\":\"2\"}]}",
                "{\"value\":[]} {\"value\":[]}"
            })
    void whatIsNoPageIsAskedForAgainAndThenNamed(String body) {
        for (int i = 0; i < 10; i++) {
            graph.answers(200, body);
        }

        assertBadAnswer(() -> reader.list(UNITS, listed::add));

        assertThat(listed).isEmpty();
        assertThat(graph.asked().size()).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a|b", "a/b", " "})
    void whatIsNoIdOfAnObjectIsNamedAsAnAnswerThatIsNone(String id) {
        graph.answers(200, "{\"value\":[{\"id\":\"" + id + "\",\"sponsors\":[]}]}")
                .answers(200, "{\"value\":[{\"id\":\"1\",\"sponsors\":[{\"id\":\"" + id + "\"}]}]}")
                .answers(200, "{\"value\":[{\"id\":\"" + id + "\"}]}");
        LinkSink sink = (source, target) -> {};

        assertBadAnswer(() -> reader.expandedLinks(LinkKind.USER_SPONSORS, sink));
        assertBadAnswer(() -> reader.expandedLinks(LinkKind.USER_SPONSORS, sink));
        assertBadAnswer(() -> reader.links(LinkKind.GROUP_MEMBERS, new ObjectId("g"), sink));
    }

    @Test
    void theNumberThatAPageSaysThereAreMakesNoDifference() {
        graph.answers(200, "{\"@odata.count\":0,\"value\":[{\"id\":\"1\"},{\"id\":\"2\"}]}");

        assertThat(reader.list(UNITS, listed::add).objects()).isEqualTo(2);
    }

    @Test
    void aDeltaPageThatDoesNotSayWhereItGoesOnIsNoPage() {
        for (int i = 0; i < 10; i++) {
            graph.answers(200, "{\"value\":[{\"id\":\"g\",\"displayName\":\"Sales\"}]}");
        }

        assertBadAnswer(() -> reader.delta(GROUPS, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"changed,SOFT", "deleted,HARD", "somethingNew,HARD"})
    void onlyWhatGraphCallsChangedIsInTheRecycleBin(String reason, DeltaItem.Removal removal) {
        graph.answers(200, delta("{\"id\":\"g\",\"@removed\":{\"reason\":\"" + reason + "\"}}"));

        assertThat(reader.delta(GROUPS, Optional.empty()).items())
                .singleElement()
                .isEqualTo(new DeltaItem.Removed(new ObjectId("g"), removal));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BadRequest|Resource not found for the segment 'domains'.",
                "BadRequest|Request not applicable to target tenant.",
                "AadPremiumLicenseRequired|x",
                "UnknownError|The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.",
                "Unauthorized|The tenant needs an AAD Premium 2 license."
            })
    void whatACloudOrALicenceDoesNotHaveIsSaidToBeMissingThoughGraphCallsItABadRequest(String code, String message) {
        String error = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
        graph.answers(200, "{\"responses\":[{\"id\":\"1\",\"status\":400,\"body\":" + error + "}]}")
                .answers(400, error);
        int unused = reader.fetchAhead(List.of(SETTINGS));

        assertReason(Reason.NOT_IMPLEMENTED, () -> reader.list(SETTINGS, listed::add));
        assertReason(Reason.NOT_IMPLEMENTED, () -> reader.list(SETTINGS, listed::add));
    }

    @Test
    void anyOtherBadRequestStaysOne() {
        String error = "{\"error\":{\"code\":\"BadRequest\",\"message\":\"Invalid filter clause\"}}";
        graph.answers(200, "{\"responses\":[{\"id\":\"1\",\"status\":400,\"body\":" + error + "}]}")
                .answers(400, error);
        int unused = reader.fetchAhead(List.of(SETTINGS));

        assertReason(Reason.BAD_REQUEST, () -> reader.list(SETTINGS, listed::add));
    }

    private static void assertBadAnswer(ThrowingCallable reading) {
        assertReason(Reason.BAD_ANSWER, reading);
    }

    private static void assertReason(Reason reason, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private String delta(String object) {
        return "{\"value\":[" + object + "],\"@odata.deltaLink\":\"" + graph.url("groups/delta?$deltatoken=t") + "\"}";
    }

    private String page(String objects, String next) {
        return "{\"value\":[" + objects + "],\"@odata.nextLink\":\"" + graph.url(next) + "\"}";
    }
}
