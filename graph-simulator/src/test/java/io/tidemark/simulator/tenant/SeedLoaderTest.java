package io.tidemark.simulator.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.rules.GraphRulebook;
import io.tidemark.simulator.tenant.NumberedLinks.Numbered;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a seed tells in bulk is what it would have told one by one. */
class SeedLoaderTest {

    private static final int USERS = 9_000;
    private static final int GROUPS = 5;
    private static final Numbered EVERYBODY = new Numbered("users", number -> id('a', number));
    private static final Numbered TEAMS = new Numbered("groups", number -> id('b', number));

    private final Tenant tenant = new Tenant(new UUID(1, 1), Clock.systemUTC(), 1, new GraphRulebook());

    private static String id(char first, int number) {
        return "%c0000000-0000-4000-8000-%012x".formatted(first, number);
    }

    private static ObjectNode user(int number) {
        ObjectNode user = Json.object();
        user.put("id", id('a', number));
        user.put("displayName", number % 2 == 0 ? "Even" : null);
        user.put("userPrincipalName", "User-" + number + "@contoso.com");
        if (number % 1_000 == 0) {
            user.put("deletedDateTime", "2026-01-01T00:00:00Z");
        }
        return user;
    }

    private static ObjectNode group(int number) {
        return Json.object().put("id", id('b', number)).put("displayName", "Group " + number);
    }

    private static void objects(SeedSink sink) {
        sink.objects("users", USERS, SeedLoaderTest::user);
        sink.objects("groups", GROUPS, SeedLoaderTest::group);
    }

    private static NumberedLinks memberships(int from, int to) {
        return new NumberedLinks(TEAMS, "members", EVERYBODY, from, to, (user, taker) -> {
            taker.take(user % GROUPS, user);
            if (user % 3 == 0) {
                taker.take((user + 1) % GROUPS, user);
            }
        });
    }

    private Node found(String collection, String id) {
        return Objects.requireNonNull(tenant.find(Kinds.all().get(collection), id));
    }

    private static List<String> ids(List<Node> nodes) {
        return nodes.stream().map(Node::id).toList();
    }

    @Test
    void linksToldByNumberAreThoseToldById() {
        tenant.load(sink -> {
            objects(sink);
            sink.links(memberships(3, USERS));
        });
        Tenant other = new Tenant(new UUID(1, 1), Clock.systemUTC(), 1, new GraphRulebook());
        other.load(sink -> {
            objects(sink);
            memberships(3, USERS).tell(sink);
        });
        Kind groups = Kinds.all().get("groups");
        for (int number = 0; number < GROUPS; number++) {
            List<String> told = ids(found("groups", id('b', number)).targets("members"));
            assertThat(told).hasSizeGreaterThan(USERS / GROUPS);
            assertThat(told)
                    .isEqualTo(ids(Objects.requireNonNull(other.find(groups, id('b', number)))
                            .targets("members")));
        }
        assertThat(ids(found("users", id('a', 9)).sources("members"))).containsExactly(id('b', 4), id('b', 0));
        assertThat(found("users", id('a', 2)).sources("members")).isEmpty();
    }

    @Test
    void aLinkToldTwiceIsMadeOnce() {
        tenant.load(sink -> {
            objects(sink);
            sink.link("groups", id('b', 4), "members", id('a', 9));
            sink.links(memberships(0, USERS));
            sink.links(memberships(9, 10));
        });
        assertThat(ids(found("users", id('a', 9)).sources("members"))).containsExactly(id('b', 4), id('b', 0));
        assertThat(ids(found("groups", id('b', 4)).targets("members"))).doesNotHaveDuplicates();
    }

    @Test
    void aLinkToANumberThatNothingHasIsRefused() {
        assertThatThrownBy(() -> tenant.load(sink -> {
                    objects(sink);
                    sink.links(memberships(USERS - 1, USERS + 1));
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leads nowhere");
        assertThatThrownBy(() -> tenant.load(sink -> sink.links(
                        new NumberedLinks(EVERYBODY, "members", TEAMS, 0, 1, (n, taker) -> taker.take(n, n)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("users members");
    }

    @Test
    void objectsMadeInBulkAreFoundByTheirValuesInAnyCase() {
        tenant.load(SeedLoaderTest::objects);
        Kind users = Kinds.all().get("users");
        assertThat(Objects.requireNonNull(tenant.findBy(users, "userPrincipalName", "uSER-8999@CONTOSO.com"))
                        .id())
                .isEqualTo(id('a', 8_999));
        assertThat(tenant.findBy(users, "userPrincipalName", "user-9000@contoso.com"))
                .isNull();
        assertThat(tenant.count(users)).isEqualTo(USERS - 9);
        assertThat(ids(tenant.after(users, 0).subList(4_090, 4_100)))
                .containsExactlyElementsOf(java.util.stream.IntStream.range(4_090, 4_100)
                        .mapToObj(n -> id('a', n))
                        .toList());
        Entity even = found("users", id('a', 4)).entity();
        assertThat(even.toJson()).isEqualTo(user(4));
    }
}
