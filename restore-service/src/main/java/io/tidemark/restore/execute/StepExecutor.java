package io.tidemark.restore.execute;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.restore.journal.RestoreJob.Order;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepState;
import io.tidemark.restore.journal.StepStore.Move;
import io.tidemark.restore.plan.IdMap;
import io.tidemark.restore.plan.RestoreStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries steps out, stage after stage, several batches at a time. Whatever becomes of one step, the rest goes on. */
public final class StepExecutor {

    private static final long GLANCE_MILLIS = 200;

    private final Site site;
    private final Map<Integer, Instant> begun = new HashMap<>();
    private final Map<Integer, Integer> looks = new HashMap<>();
    private final Map<String, Instant> createdAt = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private @Nullable String trouble;

    StepExecutor(Site site) {
        this.site = site;
    }

    /** How an execution ended. */
    public sealed interface End {
        /** Every step has ended. */
        record Through() implements End {}

        /** A person has told it to stop, and it stopped between two steps. */
        record Stopped(Order order) implements End {}

        /** It cannot go on without a person. */
        record Trouble(String reason) implements End {}
    }

    /** Hears of everything that becomes of the steps. */
    public interface Watcher {
        /** Some steps have got further; so many requests were sent for it. */
        void moved(List<StepEntry> entries, int writes);
    }

    /** The new ids of what has been created so far, by old id. */
    public IdMap ids() {
        return new IdMap(ids);
    }

    /**
     * Carries out what has not ended of these steps, which this worker must have adopted.
     *
     * @param order what a person has told it, asked again and again
     */
    public End run(List<StepEntry> entries, Supplier<Order> order, Watcher watcher) {
        TreeMap<Integer, List<StepEntry>> stages = new TreeMap<>();
        for (StepEntry entry : resumed(entries)) {
            remember(entry);
            if (!entry.state().ended()) {
                stages.computeIfAbsent(entry.stage(), first -> new ArrayList<>())
                        .add(entry);
            }
        }
        ExecutorService workers = Executors.newFixedThreadPool(site.settings().parallelBatches());
        try {
            for (List<StepEntry> stage : stages.values()) {
                Order told = new Stage(stage, workers, order, watcher).run();
                if (trouble != null) {
                    return new End.Trouble(trouble);
                }
                if (told == Order.PAUSE || told == Order.CANCEL) {
                    return new End.Stopped(told);
                }
            }
            return new End.Through();
        } finally {
            workers.shutdown();
        }
    }

    /** Steps that an earlier worker left behind: an intent was surely not sent, what was marked as sent may have been. */
    private List<StepEntry> resumed(List<StepEntry> entries) {
        List<Move> moves = new ArrayList<>();
        List<StepEntry> resumed = new ArrayList<>();
        Instant now = site.clock().instant();
        for (StepEntry entry : entries) {
            StepEntry next = entry;
            if (entry.state() == StepState.INTENT) {
                next = entry.to(StepState.PENDING, now);
            } else if (entry.state() == StepState.SENT) {
                next = entry.to(StepState.UNKNOWN, now);
            }
            if (next != entry) {
                moves.add(new Move(entry, next));
            }
            resumed.add(next);
        }
        site.journal().move(moves);
        return resumed;
    }

    private void remember(StepEntry entry) {
        boolean there = entry.state() == StepState.OBSERVED || entry.state() == StepState.VERIFIED;
        if (!there) {
            return;
        }
        String oldId = entry.step().object().id().value();
        if (entry.step() instanceof RestoreStep.Undelete) {
            createdAt.put(oldId, entry.at());
        } else if (entry.step() instanceof RestoreStep.Create create && entry.newId() != null) {
            createdAt.put(oldId, entry.at());
            ids.put(oldId, entry.newId());
            if (create.appId() != null && entry.newAppId() != null) {
                createdAt.put(create.appId(), entry.at());
                ids.put(create.appId(), entry.newAppId());
            }
        }
    }

    private boolean isFresh(StepEntry entry, Set<String> recent) {
        RestoreStep step = entry.written();
        if (recent.isEmpty()) {
            return false;
        }
        if (recent.contains(step.object().id().value())) {
            return true;
        }
        IdMap known = IdMap.of(recent);
        if (step instanceof RestoreStep.AddLinks links) {
            return links.targets().stream().anyMatch(target -> recent.contains(target.value()));
        }
        if (step instanceof RestoreStep.SetManager manager) {
            return recent.contains(manager.manager().value());
        }
        if (step instanceof RestoreStep.Create create) {
            return known.mentions(create.body());
        }
        return step instanceof RestoreStep.PatchProperties patch && known.mentions(patch.patch());
    }

    /** One stage on its way. */
    private final class Stage {

        private final List<StepEntry> waiting;
        private final ExecutorService workers;
        private final Supplier<Order> order;
        private final Watcher watcher;
        private final Set<ObjectRef> busy = new HashSet<>();
        private final BlockingQueue<Landed> landed = new LinkedBlockingQueue<>();
        private int flying;

        Stage(List<StepEntry> waiting, ExecutorService workers, Supplier<Order> order, Watcher watcher) {
            this.waiting = new ArrayList<>(waiting);
            this.workers = workers;
            this.order = order;
            this.watcher = watcher;
        }

        Order run() {
            Order told = order.get();
            while (flying > 0 || !waiting.isEmpty()) {
                boolean stopping = told == Order.PAUSE || told == Order.CANCEL || trouble != null;
                if (stopping && flying == 0) {
                    return told;
                }
                if (!stopping) {
                    launch();
                }
                Landed batch = await();
                if (batch != null) {
                    land(batch);
                }
                told = order.get();
            }
            return told;
        }

        private void launch() {
            site.tenure().check();
            while (flying < site.settings().parallelBatches()) {
                List<StepEntry> batch = next();
                if (batch.isEmpty()) {
                    return;
                }
                flying++;
                batch.forEach(entry -> busy.add(entry.step().object()));
                BatchRun run = batchRun();
                workers.execute(() -> {
                    try {
                        landed.add(new Landed(batch, run.run(batch), null));
                    } catch (RuntimeException | Error e) {
                        landed.add(new Landed(batch, null, e));
                    }
                });
            }
        }

        private BatchRun batchRun() {
            Instant oldest = site.clock().instant().minus(site.settings().replicationPatience());
            Set<String> recent = new HashSet<>();
            createdAt.forEach((id, at) -> {
                if (at.isAfter(oldest)) {
                    recent.add(id);
                }
            });
            Map<Integer, Integer> looked = Map.copyOf(looks);
            return new BatchRun(
                    site,
                    new IdMap(ids),
                    entry -> isFresh(entry, recent),
                    entry -> looked.getOrDefault(entry.number(), 0));
        }

        /** Steps that are due and write to different objects; one of the slow lane goes alone. */
        private List<StepEntry> next() {
            Instant now = site.clock().instant();
            List<StepEntry> batch = new ArrayList<>();
            Set<ObjectRef> objects = new LinkedHashSet<>();
            for (Iterator<StepEntry> entries = waiting.iterator();
                    entries.hasNext() && batch.size() < ExecutionSettings.BATCH; ) {
                StepEntry entry = entries.next();
                ObjectRef object = entry.step().object();
                if (entry.due().isAfter(now) || busy.contains(object) || !objects.add(object)) {
                    continue;
                }
                if (isSlow(entry)) {
                    if (batch.isEmpty()) {
                        entries.remove();
                        return List.of(entry);
                    }
                    continue;
                }
                entries.remove();
                batch.add(entry);
            }
            return batch;
        }

        private @Nullable Landed await() {
            try {
                return landed.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while steps were on their way", e);
            }
        }

        private void land(Landed batch) {
            flying--;
            batch.sent.forEach(entry -> busy.remove(entry.step().object()));
            if (batch.failure instanceof Error error) {
                throw error;
            }
            if (batch.failure instanceof RuntimeException failure) {
                settle();
                throw failure;
            }
            BatchRun.Result result = batch.result;
            if (result == null) {
                return;
            }
            if (result.trouble() != null) {
                trouble = result.trouble();
            }
            List<StepEntry> moved = new ArrayList<>();
            for (StepEntry entry : result.entries()) {
                StepEntry next = entry.state().ended() ? entry : orGivenUp(entry);
                remember(next);
                moved.add(next);
                if (!next.state().ended()) {
                    waiting.add(next);
                }
            }
            watcher.moved(moved, result.writes());
        }

        /** Lets what is on its way come in before the worker gives up, so that nothing is sent behind its back. */
        private void settle() {
            while (flying > 0) {
                if (await() != null) {
                    flying--;
                }
            }
        }

        private StepEntry orGivenUp(StepEntry entry) {
            Instant now = site.clock().instant();
            if (entry.state() == StepState.UNKNOWN) {
                looks.merge(entry.number(), entry.sentAt() == null ? 0 : 1, Integer::sum);
            } else {
                looks.remove(entry.number());
            }
            Instant since = begun.computeIfAbsent(entry.number(), first -> now);
            if (Duration.between(since, now).compareTo(site.settings().patience()) < 0) {
                return entry;
            }
            StepEntry over = entry.because("was given up after " + entry.attempts() + " attempts")
                    .to(StepState.FAILED, now);
            site.journal().move(List.of(new Move(entry, over)));
            return over;
        }
    }

    private static boolean isSlow(StepEntry entry) {
        ObjectKind kind = entry.step().object().kind();
        return kind == ObjectKind.CONDITIONAL_ACCESS_POLICY || kind == ObjectKind.NAMED_LOCATION;
    }

    /** A batch that has come back. */
    private record Landed(
            List<StepEntry> sent,
            BatchRun.@Nullable Result result,
            @Nullable Throwable failure) {}
}
