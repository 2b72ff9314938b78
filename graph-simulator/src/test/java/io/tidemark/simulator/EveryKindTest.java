package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryKindTest {

    private static Box box;
    private static GraphClient everything;
    private static String user;
    private static String group;

    @BeforeAll
    static void open() {
        box = Box.open();
        everything = box.holding(Permissions.all().toArray(String[]::new));
        user = box.user("everyone");
        group = box.group("everything");
    }

    @AfterAll
    static void close() {
        box.close();
    }

    static Stream<String> listed() {
        return Kinds.all().values().stream()
                .filter(kind -> kind.allows("GET") && !kind.singleton())
                .flatMap(kind -> kind.paths().stream());
    }

    @ParameterizedTest
    @MethodSource("listed")
    void canBeListed(String path) {
        Answer answer = everything.get("/" + path + "?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'");
        Answer plain = path.startsWith("policies/roleManagementPolic") ? answer : everything.get("/" + path);

        assertThat(plain.status()).as(plain.message()).isEqualTo(200);
        assertThat(plain.body().path("value").isArray()).isTrue();
    }

    static Stream<String> relations() {
        return Stream.of("users", "groups").flatMap(collection -> {
            Kind kind = Kinds.all().get(collection);
            return Stream.of(kind.relations())
                    .flatMap(all -> Stream.iterate(all.iterator(), i -> i.hasNext(), i -> i)
                            .map(i -> i.next()))
                    .filter(relation -> !relation.single())
                    .map(Relation::name)
                    .map(name -> collection + " " + name);
        });
    }

    @ParameterizedTest
    @MethodSource("relations")
    void canBeReachedFromUsersAndGroups(String relation) {
        String[] parts = relation.split(" ");
        String id = parts[0].equals("users") ? user : group;

        Answer answer = everything.get("/" + parts[0] + "/" + id + "/" + parts[1]);

        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        assertThat(answer.body().path("value").isArray()).isTrue();
    }
}
