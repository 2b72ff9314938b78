package io.tidemark.graph.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.graph.FastTime;
import io.tidemark.graph.StubGraph;
import io.tidemark.graph.StubGraph.Cut;
import io.tidemark.graph.StubGraph.Reply;
import io.tidemark.graph.read.DeclaredProperties.Declared;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Graph's metadata document declares. */
class DeclaredPropertiesTest {

    private static final String BEGINNING =
            "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">"
                    + "<edmx:DataServices><Schema Namespace=\"microsoft.graph\" Alias=\"graph\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">";
    private static final String TYPES =
            "<EntityType Name=\"user\" BaseType=\"graph.directoryObject\" OpenType=\"true\">"
                    + "<Property Name=\"department\" Type=\"Edm.String\"/><Property Name=\"otherMails\" Type=\"Collection(Edm.String)\"/>"
                    + "<Property Name=\"picture\" Type=\"Edm.Stream\"/><NavigationProperty Name=\"manager\" Type=\"graph.directoryObject\"/></EntityType>"
                    + "<ComplexType Name=\"address\"><Property Name=\"city\" Type=\"Edm.String\"/></ComplexType>"
                    + "<EntityType Name=\"directoryObject\" BaseType=\"graph.entity\"><Property Name=\"deletedDateTime\" Type=\"Edm.DateTimeOffset\"/></EntityType>"
                    + "<EntityType Name=\"entity\"><Property Name=\"id\" Type=\"Edm.String\"/></EntityType></Schema>";
    private static final String OTHER = "<Schema Namespace=\"microsoft.graph.other\"><EntityType Name=\"user\">"
            + "<Property Name=\"elsewhere\" Type=\"Edm.String\"/></EntityType></Schema>";
    private static final String END = "</edmx:DataServices></edmx:Edmx>";

    private final StubGraph graph = new StubGraph();
    private final GraphConnection connection = graph.connect(new FastTime());

    @AfterEach
    void close() {
        connection.close();
        graph.close();
    }

    private Optional<DeclaredProperties> ask(String tag) {
        return DeclaredProperties.of(connection, List.of("user", "nobody"), tag);
    }

    private static Reply xml(String document) {
        return new Reply(200, Map.of("Content-Type", "application/xml", "ETag", "W/\"7\""), document, Cut.WHOLE);
    }

    @Test
    void aTypeHasItsOwnPropertiesAndThoseOfItsBasesWhereverTheyStand() {
        graph.answers(xml(BEGINNING + TYPES + OTHER + END));

        DeclaredProperties declared = ask("").orElseThrow();

        assertThat(declared.tag()).isEqualTo("W/\"7\"");
        assertThat(declared.of("user"))
                .containsExactly(
                        new Declared("deletedDateTime", false),
                        new Declared("department", false),
                        new Declared("id", false),
                        new Declared("otherMails", true));
        assertThat(declared.of("nobody")).isEmpty();
        assertThat(graph.asked().get(0).header("Accept")).isEqualTo("application/xml");
    }

    @Test
    void aDocumentThatIsStillTheSameIsNotSentAgain() {
        graph.answers(new Reply(304, Map.of(), "", Cut.WHOLE));

        assertThat(ask("W/\"7\"")).isEmpty();
        assertThat(graph.asked().get(0).header("If-None-Match")).isEqualTo("W/\"7\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><a>&b;</a>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>",
                "<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><a>&a;</a>",
                "<edmx:Edmx",
                "{\"value\":[]}"
            })
    void whatDefinesEntitiesOrIsNoDocumentIsRefusedAfterOneRequest(String body) {
        graph.answers(xml(body), xml(BEGINNING + TYPES + END));

        assertThatThrownBy(() -> ask("")).isInstanceOf(GraphException.class);
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void anOutageIsNotWaitedFor() {
        graph.answers(503, "{}");

        assertThatThrownBy(() -> ask("")).isInstanceOf(GraphException.class);
        assertThat(graph.asked()).hasSize(1);
    }
}
