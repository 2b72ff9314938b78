package io.tidemark.restore.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.tidemark.backends.EmbeddedDatabase;
import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.RestoreState;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.restore.journal.NoteStore.Notes;
import io.tidemark.restore.journal.StepStore.Move;
import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.restore.plan.PlannedStep;
import io.tidemark.restore.plan.RestoreStep;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoJournalIT {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    static Path folder;

    private static EmbeddedDatabase database;
    private static MongoClient client;

    private final String command = UUID.randomUUID().toString();
    private final StepStore steps = new MongoStepStore(client, "journal");
    private final JobStore jobs = new MongoJobStore(client, "journal");
    private final NoteStore notes = new MongoNoteStore(client, "journal");

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(folder, 0);
        client = MongoClients.create(database.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        database.close();
    }

    @Test
    void stepsComeBackInOrderHoweverManyThereAre() {
        put(1_200);

        assertThat(steps.read(command, 0, 1_200))
                .extracting(StepEntry::number)
                .isEqualTo(IntStream.range(0, 1_200).boxed().toList());
        assertThat(steps.read(command, 700, 702)).extracting(StepEntry::number).containsExactly(700, 701);
    }

    @Test
    void aStepMovesOnlyFromTheStateThatItsWorkerSaw() {
        put(1);
        StepEntry seen = steps.read(command, 0, 1).get(0);

        steps.move(List.of(new Move(seen, seen.to(StepState.INTENT, NOW))));

        assertThatThrownBy(() -> steps.move(List.of(new Move(seen, seen.to(StepState.INTENT, NOW)))))
                .isInstanceOf(FencedException.class);
        assertThat(steps.read(command, 0, 1).get(0).state()).isEqualTo(StepState.INTENT);
    }

    @Test
    void whoHasBeenFollowedCannotMoveAnythingAnyMore() {
        put(3);
        steps.adopt(command, 3, 1);
        StepEntry seenByFirst = steps.read(command, 0, 1).get(0);

        steps.adopt(command, 3, 2);

        assertThatThrownBy(() -> steps.move(List.of(new Move(seenByFirst, seenByFirst.sent(NOW)))))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> steps.adopt(command, 3, 1)).isInstanceOf(FencedException.class);
    }

    @Test
    void settledStepsAreToldOnce() {
        put(2);
        StepEntry seen = steps.read(command, 0, 1).get(0);
        steps.move(List.of(new Move(seen, seen.to(StepState.ALREADY_EQUAL, NOW))));

        assertThat(steps.untold(command, 2)).extracting(StepEntry::number).containsExactly(0);
        steps.told(command, List.of(0));
        assertThat(steps.untold(command, 2)).isEmpty();
    }

    @Test
    void aRestoreIsPutInOnceAndKeepsWhatWasDecided() {
        RestoreJob first = jobs.putOnce(RestoreJob.accepted(command("one"), null, NOW));
        RestoreJob changed = jobs.change(command, job -> job.to(RestoreState.PLANNING, null, NOW));

        RestoreJob again = jobs.putOnce(RestoreJob.accepted(command("another"), null, NOW));

        assertThat(again).isEqualTo(changed);
        assertThat(again.command().requestedBy()).isEqualTo("one");
        assertThat(again.version()).isGreaterThan(first.version());
        assertThat(again.outbox())
                .extracting(RestoreJob.Notice::state)
                .containsExactly(RestoreState.ACCEPTED, RestoreState.PLANNING);
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsNotLost() {
        RestoreJob unused = jobs.putOnce(RestoreJob.accepted(command("one"), null, NOW));
        List<Integer> tries = new ArrayList<>();

        RestoreJob changed = jobs.change(command, job -> {
            tries.add(tries.size());
            if (tries.size() == 1) {
                RestoreJob other = jobs.change(
                        command, found -> found.change().leftovers(7).done());
                assertThat(other.leftovers()).isEqualTo(7);
            }
            return job.change().order(RestoreJob.Order.CANCEL).done();
        });

        assertThat(tries).hasSize(2);
        assertThat(changed.leftovers()).isEqualTo(7);
        assertThat(changed.order()).isEqualTo(RestoreJob.Order.CANCEL);
    }

    @Test
    void longListsComeBackWhole() {
        List<OpenPoint> points = IntStream.range(0, 1_234)
                .mapToObj(i -> new OpenPoint(OpenPoint.Why.KEPT, "user", "u" + i, "", "kept"))
                .toList();

        notes.putPoints(command, Notes.ANNOUNCED, points);

        assertThat(notes.points(command, Notes.ANNOUNCED)).isEqualTo(points);
        assertThat(notes.points(command, Notes.LEFT_OVER)).isEmpty();
    }

    private void put(int count) {
        List<PlannedStep> planned = IntStream.range(0, count)
                .mapToObj(i -> new PlannedStep(
                        i, 0, "step" + i, new RestoreStep.Undelete(ObjectRef.of(ObjectKind.USER, "u" + i)), null))
                .toList();
        steps.put(command, planned, NOW);
    }

    private RestoreCommand command(String who) {
        return new RestoreCommand(
                "3f0e8a52-6a31-4d7c-9d6e-0c1b2a3d4e5f",
                command,
                who,
                null,
                "snapshot:s",
                Selection.ALL,
                RestoreOptions.DEFAULTS,
                null);
    }
}
