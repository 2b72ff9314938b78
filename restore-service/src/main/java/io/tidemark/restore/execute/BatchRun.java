package io.tidemark.restore.execute;

import io.tidemark.directory.ObjectId;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphRequest;
import io.tidemark.graph.write.WriteResult;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepState;
import io.tidemark.restore.journal.StepStore.Move;
import io.tidemark.restore.plan.IdMap;
import io.tidemark.restore.plan.RestoreStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes one batch of steps through its states: look, intent, mark as sent, send, outcome. Each state is in the journal before the next is
 * begun, so that a crash anywhere leaves either a step that was surely not sent or one that reading resolves.
 */
final class BatchRun {

    private final Site site;
    private final IdMap ids;
    private final Predicate<StepEntry> fresh;
    private final Function<StepEntry, Integer> looks;

    /**
     * @param ids the ids that things have now
     * @param fresh whether a step speaks of something just created
     * @param looks how often a step of unknown outcome has been looked for in vain
     */
    BatchRun(Site site, IdMap ids, Predicate<StepEntry> fresh, Function<StepEntry, Integer> looks) {
        this.site = site;
        this.ids = ids;
        this.fresh = fresh;
        this.looks = looks;
    }

    /** What became of the batch. */
    record Result(
            List<StepEntry> entries, int writes, @Nullable String trouble) {}

    Result run(List<StepEntry> batch) {
        Map<Integer, Finding> findings;
        try {
            findings = site.check().look(batch, ids);
        } catch (GraphException e) {
            return unseen(batch, e);
        }
        List<Move> decided = new ArrayList<>();
        List<StepEntry> results = new ArrayList<>();
        Map<StepEntry, RestoreStep> sending = new HashMap<>();
        for (StepEntry entry : batch) {
            Finding finding = findings.getOrDefault(entry.number(), new Finding.Missing("was not looked at"));
            if (finding instanceof Finding.Send send && !waitsForSight(entry)) {
                StepEntry intent = intent(entry, send);
                decided.add(new Move(entry, intent));
                sending.put(intent, send.step());
            } else {
                StepEntry next = decide(entry, finding);
                decided.add(new Move(entry, next));
                results.add(next);
            }
        }
        site.failpoint().reach("restore.beforeIntent");
        site.journal().move(decided);
        site.failpoint().reach("restore.afterIntent");
        Result sent = sending.isEmpty() ? new Result(List.of(), 0, null) : send(sending);
        results.addAll(sent.entries());
        return new Result(results, sent.writes(), sent.trouble());
    }

    /** What cannot be looked at is not sent; it waits as it is. */
    private Result unseen(List<StepEntry> batch, GraphException failure) {
        List<StepEntry> later = batch.stream()
                .map(entry -> entry.dueAt(now().plus(site.backoff().after(entry.attempts() + 1))))
                .toList();
        boolean forGood = failure.reason() == GraphException.Reason.UNAUTHORIZED
                || failure.reason() == GraphException.Reason.FORBIDDEN;
        return new Result(later, 0, forGood ? String.valueOf(failure.getMessage()) : null);
    }

    private StepEntry intent(StepEntry entry, Finding.Send send) {
        StepEntry intent = entry.to(StepState.INTENT, now());
        if (send.narrowed() != null) {
            intent = intent.narrowedTo(send.narrowed());
        }
        return send.note() == null ? intent : intent.because(send.note());
    }

    /** A write that may have been done is not sent again before the tenant has not shown it several times. */
    private boolean waitsForSight(StepEntry entry) {
        return entry.state() == StepState.UNKNOWN
                && looks.apply(entry) < site.settings().unknownReads();
    }

    private StepEntry decide(StepEntry entry, Finding finding) {
        boolean mayHaveBeenSent = entry.state() == StepState.UNKNOWN;
        if (finding instanceof Finding.Already) {
            return entry.to(mayHaveBeenSent ? StepState.OBSERVED : StepState.ALREADY_EQUAL, now());
        }
        if (finding instanceof Finding.Found found) {
            return entry.created(found.id(), found.appId()).to(StepState.OBSERVED, now());
        }
        if (finding instanceof Finding.Changed changed) {
            return entry.because(changed.reason()).to(StepState.CONFLICT, now());
        }
        if (finding instanceof Finding.Missing missing) {
            return fresh.test(entry)
                    ? entry.dueAt(now().plus(site.backoff().after(entry.attempts() + 1)))
                    : entry.because(missing.reason()).to(StepState.FAILED, now());
        }
        return entry.dueAt(now().plus(site.settings().unknownInterval()));
    }

    private Result send(Map<StepEntry, RestoreStep> sending) {
        List<Move> marks = new ArrayList<>();
        Map<StepEntry, RestoreStep> sent = new HashMap<>();
        List<StepSender.Outgoing> outgoing = new ArrayList<>();
        sending.forEach((intent, step) -> {
            StepEntry marked = intent.sent(now());
            marks.add(new Move(intent, marked));
            sent.put(marked, step);
            outgoing.add(new StepSender.Outgoing(requestId(marked, 0), step));
        });
        site.tenure().check();
        site.journal().move(marks);
        site.failpoint().reach("restore.afterMarkBeforeSend");
        site.tenure().check();
        Map<String, WriteResult> answers = site.sender().send(outgoing);
        site.failpoint().reach("restore.afterSendBeforeOutcome");
        return outcomes(sent, answers);
    }

    private Result outcomes(Map<StepEntry, RestoreStep> sent, Map<String, WriteResult> answers) {
        List<Move> ends = new ArrayList<>();
        List<StepEntry> results = new ArrayList<>();
        Trouble trouble = new Trouble();
        sent.forEach((entry, step) -> {
            WriteResult answer = answers.getOrDefault(requestId(entry, 0), new WriteResult.Unknown(0, ""));
            StepEntry next = outcome(entry, step, answer, trouble);
            ends.add(new Move(entry, next));
            results.add(next);
        });
        site.journal().move(ends);
        site.failpoint().reach("restore.afterOutcome");
        return new Result(results, sent.size() + trouble.extraWrites, trouble.reason);
    }

    private StepEntry outcome(StepEntry entry, RestoreStep step, WriteResult answer, Trouble trouble) {
        if (answer instanceof WriteResult.Done done) {
            return done(entry, step, done);
        }
        if (answer instanceof WriteResult.Unknown) {
            return entry.dueAt(now().plus(site.settings().unknownInterval())).to(StepState.UNKNOWN, now());
        }
        if (answer instanceof WriteResult.Throttled throttled) {
            Duration wait = site.backoff().after(entry.attempts());
            Duration asked = throttled.retryAfter();
            return again(entry, asked.compareTo(wait) > 0 ? asked : wait);
        }
        if (answer instanceof WriteResult.NotSent notSent) {
            if (notSent.reason() == GraphException.Reason.UNAUTHORIZED) {
                trouble.reason = "Graph does not accept this application's credential";
            }
            return again(entry, site.backoff().after(entry.attempts()));
        }
        return refused(entry, step, (WriteResult.Refused) answer, trouble);
    }

    private StepEntry refused(StepEntry entry, RestoreStep step, WriteResult.Refused refused, Trouble trouble) {
        if (refused.reason() == GraphException.Reason.UNAUTHORIZED) {
            trouble.reason = "Graph does not accept this application's credential";
            return again(entry, site.backoff().after(entry.attempts()));
        }
        Finding finding;
        try {
            finding = site.check()
                    .look(List.of(entry), ids)
                    .getOrDefault(entry.number(), new Finding.Missing("was not looked at"));
        } catch (GraphException e) {
            // Refused, but whether because it was already so is not known: the next look tells.
            return again(entry, site.backoff().after(entry.attempts()));
        }
        if (finding instanceof Finding.Already) {
            return entry.to(StepState.ALREADY_EQUAL, now());
        }
        if (finding instanceof Finding.Found found) {
            return entry.created(found.id(), found.appId()).to(StepState.OBSERVED, now());
        }
        return switch (Refusals.of(step, refused, fresh.test(entry))) {
            case TRY_AGAIN -> again(entry, site.backoff().after(entry.attempts()));
            case SPLIT -> split(entry, (RestoreStep.AddLinks) step, trouble);
            case FINAL -> entry.because(Refusals.text(refused)).to(StepState.FAILED, now());
        };
    }

    /** Sends the targets in halves until those that Graph refuses stand alone. */
    private StepEntry split(StepEntry entry, RestoreStep.AddLinks step, Trouble trouble) {
        if (!(entry.written() instanceof RestoreStep.AddLinks recorded)) {
            throw new IllegalStateException("step " + entry.number() + " does not add links");
        }
        LinkSplit split = new LinkSplit(site, step, entry);
        LinkSplit.Outcome outcome = split.run();
        trouble.extraWrites += outcome.writes();
        if (outcome.unknown()) {
            return entry.dueAt(now().plus(site.settings().unknownInterval())).to(StepState.UNKNOWN, now());
        }
        List<ObjectId> added = new ArrayList<>();
        for (int i = 0; i < step.targets().size(); i++) {
            if (!outcome.refused().contains(step.targets().get(i))) {
                added.add(recorded.targets().get(i));
            }
        }
        if (added.isEmpty()) {
            return entry.because(outcome.reason()).to(StepState.FAILED, now());
        }
        if (added.size() == step.targets().size()) {
            return entry.to(StepState.OBSERVED, now());
        }
        return entry.narrowedTo(new RestoreStep.AddLinks(recorded.kind(), recorded.source(), added, recorded.reading()))
                .because(outcome.reason())
                .to(StepState.OBSERVED, now());
    }

    private StepEntry done(StepEntry entry, RestoreStep step, WriteResult.Done done) {
        if (step instanceof RestoreStep.Create) {
            String id = done.createdId().map(ObjectId::value).orElse(null);
            if (id == null) {
                return entry.dueAt(now()).to(StepState.UNKNOWN, now());
            }
            String appId = done.body().flatMap(body -> body.findString("appId")).orElse(null);
            return entry.created(id, appId).to(StepState.OBSERVED, now());
        }
        return entry.to(StepState.OBSERVED, now());
    }

    private StepEntry again(StepEntry entry, Duration wait) {
        return entry.dueAt(now().plus(wait)).to(StepState.PENDING, now());
    }

    private Instant now() {
        return site.clock().instant();
    }

    static String requestId(StepEntry entry, int part) {
        String step = part == 0 ? entry.stepId() : entry.stepId() + "/" + part;
        return GraphRequest.requestIdOf(step, entry.attempts());
    }

    /** What a batch met on its way. */
    private static final class Trouble {
        private @Nullable String reason;
        private int extraWrites;
    }
}
