package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KindPathsTest {

    private static Box box;
    private static GraphClient graph;

    @BeforeAll
    static void open() {
        box = Box.open();
        graph = box.holding(Permissions.all().toArray(String[]::new));
    }

    @AfterAll
    static void close() {
        box.close();
    }

    static Stream<Kind> served() {
        return Kinds.all().values().stream().filter(kind -> !kind.paths().isEmpty() && kind.allows("GET"));
    }

    @ParameterizedTest
    @MethodSource("served")
    void everyKindIsServedUnderEachOfItsPaths(Kind kind) {
        for (String path : kind.paths()) {
            boolean whole = kind.needsFilter().isEmpty();
            Answer answer =
                    graph.get("/" + path + (whole ? "" : "?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'"));

            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body().path("value").isArray()).as(path).isEqualTo(!kind.singleton());
        }
    }
}
