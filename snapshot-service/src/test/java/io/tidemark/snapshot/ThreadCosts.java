package io.tidemark.snapshot;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Processor time and garbage of this thread and of those whose names begin in one of some ways, looked at often, for some end early. */
final class ThreadCosts implements AutoCloseable {

    private static final int BETWEEN_LOOKS_MILLIS = 10;
    private static final double NANOS_OF_A_MICROSECOND = 1e3;

    private record Cost(long nanos, long bytes) {

        Cost minus(Cost other) {
            return new Cost(nanos - other.nanos, bytes - other.bytes);
        }

        Cost plus(Cost other) {
            return new Cost(nanos + other.nanos, bytes + other.bytes);
        }

        String per(long count) {
            return String.format(
                    Locale.ROOT, "%.2f us, %.0f bytes", nanos / NANOS_OF_A_MICROSECOND / count, (double) bytes / count);
        }
    }

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, Cost> before = new HashMap<>();
    private final Map<Long, Cost> last = new HashMap<>();
    private final String own;
    private final List<String> others;

    private ThreadCosts(String own, List<String> others) {
        this.own = own;
        this.others = others;
        names.put(Thread.currentThread().getId(), own);
        look();
        before.putAll(last);
        var unused = looking.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to count. The first name is what this thread is called. */
    static ThreadCosts of(String own, String... others) {
        return new ThreadCosts(own, Arrays.asList(others));
    }

    /** What all of it has come to, divided by a count. */
    synchronized String per(long count) {
        look();
        Map<String, Cost> byName = new TreeMap<>();
        Cost all = new Cost(0, 0);
        for (Map.Entry<Long, Cost> entry : last.entrySet()) {
            Cost cost = entry.getValue().minus(before.getOrDefault(entry.getKey(), new Cost(0, 0)));
            byName.merge(names.getOrDefault(entry.getKey(), ""), cost, Cost::plus);
            all = all.plus(cost);
        }
        StringBuilder text = new StringBuilder("all " + all.per(count));
        byName.forEach(
                (name, cost) -> text.append("; ").append(name).append(' ').append(cost.per(count)));
        return text.toString();
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }

    private synchronized void look() {
        for (long id : threads.getAllThreadIds()) {
            String name = names.computeIfAbsent(id, this::nameOf);
            if (!name.isEmpty()) {
                Cost cost = new Cost(threads.getThreadCpuTime(id), threads.getThreadAllocatedBytes(id));
                if (cost.nanos >= 0) {
                    last.put(id, cost);
                }
            }
        }
    }

    private String nameOf(long id) {
        var thread = threads.getThreadInfo(id);
        String name = thread == null ? "" : thread.getThreadName();
        return others.stream().filter(name::startsWith).findFirst().orElse("");
    }
}
