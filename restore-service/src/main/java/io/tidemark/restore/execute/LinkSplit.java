package io.tidemark.restore.execute;

import io.tidemark.directory.ObjectId;
import io.tidemark.graph.write.WriteResult;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.plan.RestoreStep;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds links in ever smaller sets after Graph refused them together, to find those that cannot be added. */
final class LinkSplit {

    private static final int MOST_THROTTLED = 20;

    private final Site site;
    private final RestoreStep.AddLinks step;
    private final StepEntry entry;
    private final Set<ObjectId> refused = new HashSet<>();
    private String reason = "";
    private int part;
    private int throttled;

    LinkSplit(Site site, RestoreStep.AddLinks step, StepEntry entry) {
        this.site = site;
        this.step = step;
        this.entry = entry;
    }

    /** What could not be added, and why. */
    record Outcome(Set<ObjectId> refused, String reason, int writes, boolean unknown) {}

    Outcome run() {
        Deque<List<ObjectId>> sets = new ArrayDeque<>();
        halve(step.targets(), sets);
        while (!sets.isEmpty()) {
            List<ObjectId> set = sets.pop();
            site.tenure().check();
            WriteResult answer = send(set);
            if (answer instanceof WriteResult.Refused no) {
                if (set.size() > 1) {
                    halve(set, sets);
                } else {
                    refused.addAll(set);
                    reason = Refusals.text(no);
                }
            } else if (answer instanceof WriteResult.Throttled || answer instanceof WriteResult.NotSent) {
                if (++throttled > MOST_THROTTLED) {
                    return new Outcome(refused, reason, part, true);
                }
                sets.push(set);
                pause();
            } else if (answer instanceof WriteResult.Unknown) {
                return new Outcome(refused, reason, part, true);
            }
        }
        return new Outcome(refused, count(), part, false);
    }

    private String count() {
        return refused.size() + " of " + step.targets().size() + " could not be added. " + reason;
    }

    private WriteResult send(List<ObjectId> set) {
        part++;
        String requestId = BatchRun.requestId(entry, part);
        RestoreStep.AddLinks some = new RestoreStep.AddLinks(step.kind(), step.source(), set, step.reading());
        Map<String, WriteResult> answers = site.sender().send(List.of(new StepSender.Outgoing(requestId, some)));
        return answers.getOrDefault(requestId, new WriteResult.Unknown(0, ""));
    }

    private void pause() {
        Duration wait = site.backoff().after(throttled);
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void halve(List<ObjectId> set, Deque<List<ObjectId>> sets) {
        int middle = set.size() / 2;
        sets.push(set.subList(middle, set.size()));
        sets.push(set.subList(0, middle));
    }
}
