package io.tidemark.diff.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.diff.compare.KeyState.Presence;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentDifferTest {

    private static final StateKey USER = new StateKey("user", "u1");

    @ParameterizedTest
    @CsvSource({
        "NEVER,PRESENT,CREATED",
        "HARD_DELETED,PRESENT,CREATED",
        "SOFT_DELETED,PRESENT,RESTORED",
        "PRESENT,SOFT_DELETED,SOFT_DELETED",
        "PRESENT,HARD_DELETED,HARD_DELETED",
        "SOFT_DELETED,HARD_DELETED,HARD_DELETED"
    })
    void comingAndGoingIsNamed(Presence before, Presence after, Action action) {
        var differences = MomentDiffer.differences(List.of(new StatePair(USER, state(before), state(after))));

        assertThat(differences).extracting(Difference::action).containsExactly(action);
        assertThat(differences.get(0).properties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NEVER,NEVER",
        "NEVER,SOFT_DELETED",
        "NEVER,HARD_DELETED",
        "SOFT_DELETED,SOFT_DELETED",
        "PRESENT,PRESENT"
    })
    void whatWasAbsentOrTheSameAtBothIsNoDifference(Presence before, Presence after) {
        assertThat(MomentDiffer.differences(List.of(new StatePair(USER, state(before), state(after)))))
                .isEmpty();
    }

    @Test
    void nullMissingEmptyTextAndEmptyListAreFourThings() {
        var pair = new StatePair(
                USER,
                present("{\"id\":\"u1\",\"a\":null,\"b\":\"\",\"c\":[],\"d\":null}"),
                present("{\"id\":\"u1\",\"a\":\"\",\"b\":[],\"d\":null,\"c\":null}"));

        var difference = MomentDiffer.differences(List.of(pair)).get(0);

        assertThat(difference.properties()).extracting(Object::toString).containsExactly("a", "b", "c");
    }

    @Test
    void linksHangOnTheirSourceWhichGivesTheName() {
        StateKey group = new StateKey("group", "g1");
        KeyState same = present("{\"id\":\"g1\",\"displayName\":\"Team\"}");
        StateKey member = Link.of(LinkKind.GROUP_MEMBERS, "g1", "u1").key();
        KeyState link = present("{\"targetType\":\"user\"}");

        var differences = MomentDiffer.differences(List.of(
                new StatePair(member, link, new KeyState(Presence.HARD_DELETED, null, JsonObject.EMPTY)),
                new StatePair(group, same, same)));

        assertThat(differences).hasSize(1);
        assertThat(differences.get(0).object()).isEqualTo(ObjectRef.of(ObjectKind.GROUP, "g1"));
        assertThat(differences.get(0).name()).isEqualTo("Team");
        assertThat(differences.get(0).links())
                .extracting(LinkChange::action, LinkChange::targetType)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(LinkChange.Direction.REMOVED, "user"));
    }

    private static KeyState state(Presence presence) {
        return presence == Presence.PRESENT
                ? present("{\"id\":\"u1\",\"department\":\"Sales\"}")
                : new KeyState(presence, null, JsonObject.EMPTY);
    }

    private static KeyState present(String json) {
        JsonObject properties = JsonText.parseObject(json);
        return new KeyState(
                Presence.PRESENT,
                Canonicaliser.hash(ObjectKind.USER, properties).hex(),
                properties);
    }
}
