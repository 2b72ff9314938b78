package io.tidemark.diff.gitcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.directory.ObjectKind;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeftOutTest {

    @Test
    void aSlipOfThePenDoesNotBringPeopleIntoGit() {
        assertThatThrownBy(() -> LeftOut.of(Set.of("users", "group.members")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("users")
                .hasMessageNotContaining("group.members");
        assertThatThrownBy(() -> LeftOut.of(Set.of("none", "user"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everythingIsWrittenOnlyIfThatIsSaid() {
        assertThat(LeftOut.of(Set.of("none"))).isEmpty();
        assertThat(LeftOut.of(Set.of("user", "user.manager"))).containsExactlyInAnyOrder("user", "user.manager");
    }

    @Test
    void usuallyEveryKindOfASinglePersonIsLeftOut() {
        Set<String> usual = LeftOut.of(Set.of(LeftOut.USUAL.split(",")));

        assertThat(Arrays.stream(ObjectKind.values())
                        .map(ObjectKind::word)
                        .filter(kind -> kind.startsWith("user") || kind.equals("authenticationMethod")))
                .isNotEmpty()
                .allMatch(usual::contains);
    }
}
