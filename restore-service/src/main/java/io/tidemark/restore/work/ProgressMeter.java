package io.tidemark.restore.work;

import io.tidemark.restore.journal.Progress;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what becomes of steps and how fast. */
final class ProgressMeter {

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final double MILLIS = 1000.0;

    private final Clock clock;
    private final Map<Integer, StepState> states = new HashMap<>();
    private final Deque<Written> recent = new ArrayDeque<>();
    private final Instant start;

    /** So many requests came back at that moment. */
    private record Written(Instant at, int writes) {}

    ProgressMeter(List<StepEntry> entries, Clock clock) {
        this.clock = clock;
        this.start = clock.instant();
        entries.forEach(entry -> states.put(entry.number(), entry.state()));
    }

    void moved(List<StepEntry> entries, int writes) {
        entries.forEach(entry -> states.put(entry.number(), entry.state()));
        if (writes > 0) {
            recent.addLast(new Written(clock.instant(), writes));
        }
    }

    Progress progress() {
        Instant now = clock.instant();
        while (!recent.isEmpty() && recent.getFirst().at().isBefore(now.minus(WINDOW))) {
            recent.removeFirst();
        }
        Map<String, Long> byState = new TreeMap<>();
        int done = 0;
        int failed = 0;
        for (StepState state : states.values()) {
            byState.merge(state.name(), 1L, Long::sum);
            done += state.ended() ? 1 : 0;
            failed += state == StepState.FAILED || state == StepState.NOT_SHOWN ? 1 : 0;
        }
        double rate = rate(now);
        int open = states.size() - done;
        Instant eta = rate <= 0 || open == 0 ? null : now.plusMillis((long) (open / rate * MILLIS));
        return new Progress(byState, states.size(), done, failed, rate, eta);
    }

    private double rate(Instant now) {
        int writes = recent.stream().mapToInt(Written::writes).sum();
        Instant since = start.isAfter(now.minus(WINDOW)) ? start : now.minus(WINDOW);
        double seconds = Math.max(1, Duration.between(since, now).toMillis()) / MILLIS;
        return writes / Math.max(seconds, 1.0);
    }
}
