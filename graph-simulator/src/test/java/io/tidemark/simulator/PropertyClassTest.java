package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the tables against what is publicly known of who may write which property when. */
class PropertyClassTest {

    static Stream<String> properties() {
        return PropertyTenant.resource("classes.json").properties().stream()
                .flatMap(kind -> kind.getValue().properties().stream()
                        .flatMap(said -> Stream.of(said.getValue().asText().split(" "))
                                .map(name -> kind.getKey() + " " + said.getKey() + " " + name)));
    }

    @ParameterizedTest
    @MethodSource("properties")
    void isWrittenWhenItIsKnownToBe(String said) {
        String[] parts = said.split(" ");
        Kind kind = Kinds.all().get(parts[0]);

        String actual = kind.readOnly(parts[2]) ? "readOnly" : kind.createOnly(parts[2]) ? "createOnly" : "writable";

        assertThat(kind.properties()).containsKey(parts[2]);
        assertThat(actual).isEqualTo(parts[1]);
    }
}
