package io.tidemark.diff.listen;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Processor time and memory that were used up to a moment.
 *
 * @param own nanoseconds of the calling thread, which reads and stores
 * @param allocated bytes that it allocated
 * @param others nanoseconds of all other threads of Java: the store's, where it runs in this JVM
 * @param process nanoseconds of the process, with the compiler's and the collector's
 * @param wall nanoseconds on the clock
 */
record ThreadCost(long own, long allocated, long others, long process, long wall) {

    private static final double MICROS = 1e3;
    private static final double SECONDS = 1e9;

    static ThreadCost now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long others = 0;
        for (long id : threads.getAllThreadIds()) {
            others += id == self ? 0 : Math.max(0, threads.getThreadCpuTime(id));
        }
        return new ThreadCost(
                threads.getThreadCpuTime(self),
                threads.getThreadAllocatedBytes(self),
                others,
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(),
                System.nanoTime());
    }

    ThreadCost since(ThreadCost before) {
        return new ThreadCost(
                own - before.own,
                allocated - before.allocated,
                others - before.others,
                process - before.process,
                wall - before.wall);
    }

    String perState(int states) {
        return String.format(
                Locale.ROOT,
                "%.1f µs of the listener a state, %d bytes allocated, %.1f µs of the store, %.1f µs of the process, %.0f states/s",
                own / MICROS / states,
                allocated / states,
                others / MICROS / states,
                process / MICROS / states,
                states * SECONDS / wall);
    }
}
