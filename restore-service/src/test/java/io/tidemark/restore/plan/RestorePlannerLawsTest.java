package io.tidemark.restore.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RestorePlannerLawsTest {

    private static final RestoreCommand COMMAND = new RestoreCommand(
            "3f0e8a52-6a31-4d7c-9d6e-0c1b2a3d4e5f",
            "command",
            "asker",
            null,
            "snapshot:s",
            Selection.ALL,
            new RestoreOptions(
                    RestoreOptions.Created.SOFT_DELETE,
                    RestoreOptions.Conflict.SKIP,
                    RestoreOptions.PolicyState.AS_RECORDED,
                    true,
                    0),
            null);

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void carryingThePlanOutLeavesNothingToPlan(long seed) {
        RandomDamage world = new RandomDamage(seed);
        ToyTenant before = world.tenant();
        ToyTenant now = world.damaged(before);
        List<WantedState> wanted = before.wantedSince(now);

        now.apply(plan(wanted, now));

        IdMap ids = new IdMap(now.newIds);
        List<WantedState> followed =
                wanted.stream().map(state -> state.following(ids)).toList();
        assertThat(plan(followed, now).steps()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void thePlanDoesNotDependOnTheOrderOfWhatIsWanted(long seed) {
        RandomDamage world = new RandomDamage(seed);
        ToyTenant before = world.tenant();
        ToyTenant now = world.damaged(before);
        List<WantedState> wanted = before.wantedSince(now);
        List<WantedState> shuffled = new ArrayList<>(wanted);
        java.util.Collections.shuffle(shuffled, new Random(seed));

        assertThat(plan(shuffled, now).steps()).isEqualTo(plan(wanted, now).steps());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyStepSurvivesTheJournal(long seed) {
        RandomDamage world = new RandomDamage(seed);
        ToyTenant before = world.tenant();
        ToyTenant now = world.damaged(before);

        assertThat(plan(before.wantedSince(now), now).steps())
                .allSatisfy(planned -> assertThat(StepText.parse(StepText.text(planned.step())))
                        .isEqualTo(planned.step()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noObjectIsPatchedTwiceInOneStageAndNoStepIdComesTwice(long seed) {
        RandomDamage world = new RandomDamage(seed);
        ToyTenant before = world.tenant();
        ToyTenant now = world.damaged(before);

        List<PlannedStep> steps = plan(before.wantedSince(now), now).steps();

        assertThat(steps.stream().map(PlannedStep::stepId)).doesNotHaveDuplicates();
        assertThat(steps.stream()
                        .filter(planned -> planned.step() instanceof RestoreStep.PatchProperties)
                        .map(planned -> planned.stage() + " " + planned.step().object()))
                .doesNotHaveDuplicates();
    }

    private static RestorePlan plan(List<WantedState> wanted, ToyTenant tenant) {
        return RestorePlanner.plan(COMMAND, Instant.EPOCH, wanted, tenant.live());
    }
}
