package io.tidemark.diff.verify;

import io.tidemark.diff.history.StoredStates;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.Task;
import io.tidemark.diff.work.Task.Progress;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.TaskText;
import io.tidemark.diff.work.Turn;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at a snapshot's record and at all that is stored of it. */
@ApplicationScoped
class Verifier {

    private final SnapshotStore snapshots;
    private final StoredStates states;
    private final Seals seals;

    Verifier(SnapshotStore snapshots, StoredStates states, Seals seals) {
        this.snapshots = snapshots;
        this.states = states;
        this.seals = seals;
    }

    /** Looks at everything, and says each thing that is wrong in a line. */
    Verdict verify(Turn turn, VerifyOrder order) {
        Task task = turn.task();
        Snapshot snapshot = find(task);
        Instant instant = snapshot.instant();
        if (!snapshot.isSealed() || instant == null) {
            throw new TaskException(
                    "snapshot " + task.subject() + " is " + snapshot.state() + ", only sealed ones can be verified");
        }
        long expected =
                snapshot.counts().values().stream().mapToLong(Long::longValue).sum();
        SnapshotCheck check = new SnapshotCheck(
                states,
                task.tenant(),
                instant,
                order,
                finding -> turn.line(TaskText.of(finding)),
                done -> turn.progress(new Progress(done, Math.max(done, expected))));
        List<Finding> ofRecord = ofRecord(task, snapshot);
        ofRecord.forEach(finding -> turn.line(TaskText.of(finding)));
        Verdict verdict = check.against(snapshot.capture().types()).plus(ofRecord.size());
        if (snapshots.findDropped(task.tenant(), task.subject()).isPresent()) {
            throw new TaskException("snapshot " + task.subject() + " was dropped by retention meanwhile");
        }
        return verdict;
    }

    private List<Finding> ofRecord(Task task, Snapshot snapshot) {
        Optional<String> kept = seals.find(task.tenant(), task.subject());
        if (kept.isEmpty()
                && snapshots.pending().stream().anyMatch(one -> one.id().equals(task.subject()))) {
            throw new InterruptedTaskException("the snapshot is being sealed just now");
        }
        return RecordCheck.findings(task.subject(), snapshot, kept);
    }

    private Snapshot find(Task task) {
        String what = "snapshot " + task.subject();
        try {
            Snapshot found = snapshots
                    .find(task.tenant(), task.subject())
                    .orElseThrow(() -> new TaskException(what + " is not known"));
            if (RecordCheck.isReadable(found)) {
                return found;
            }
            throw new TaskException("the record of " + what + " is damaged: parts of it are missing");
        } catch (IllegalArgumentException
                | IllegalStateException
                | DateTimeException
                | ClassCastException
                | NullPointerException e) {
            throw new TaskException("the record of " + what + " is damaged: it cannot be read", e);
        }
    }
}
