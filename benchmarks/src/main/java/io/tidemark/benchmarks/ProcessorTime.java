package io.tidemark.benchmarks;

import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.ServiceName;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How much processor time the parts of a stack have used, in seconds since each began. A service is a process of its own, and so is a real
 * store; broker, simulator and embedded store share this process and are told apart by the names of their threads.
 */
record ProcessorTime(Map<String, Double> seconds) {

    /** What this process used beyond its living threads: the collector, the compiler, and threads that have ended. */
    private static final String REST = "collector, compiler and ended threads of the stack";

    private static final Pattern SIMULATOR = Pattern.compile("vert\\.x-|vertx-");
    private static final Pattern STORE = Pattern.compile("mongo-|MVStore|H2[ -]");
    private static final Pattern BROKER = Pattern.compile(
            "kafka|raft|broker|controller|quorum|metadata|coordinator|transaction|share-|log-|executor-|Reaper|metrics-meter");
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    static ProcessorTime of(LocalStack stack) {
        Map<String, Double> seconds = new TreeMap<>();
        for (ServiceName name : ServiceName.values()) {
            ProcessHandle.of(stack.service(name).pid())
                    .ifPresent(process -> seconds.merge(name.module(), total(process), Double::sum));
        }
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("mongod"))
                .forEach(child -> seconds.merge("store", total(child), Double::sum));
        double told = threads(seconds);
        seconds.put(REST, Math.max(0, total(ProcessHandle.current()) - told));
        return new ProcessorTime(Map.copyOf(seconds));
    }

    /** What was used since an earlier moment. */
    ProcessorTime since(ProcessorTime earlier) {
        Map<String, Double> used = new TreeMap<>();
        seconds.forEach((part, time) -> used.put(part, time - earlier.of(part)));
        return new ProcessorTime(Map.copyOf(used));
    }

    /** The time of one part; 0 if there is no such part. */
    double of(String part) {
        return seconds.getOrDefault(part, 0.0);
    }

    /** The time of all that is in this process: broker, simulator, and the store if it is embedded. */
    double ofStack() {
        double services = 0;
        for (ServiceName name : ServiceName.values()) {
            services += of(name.module());
        }
        return total() - services;
    }

    double total() {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The parts, those that used most first. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%.1f s", total()));
        seconds.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .filter(part -> part.getValue() >= 0.05)
                .forEach(part -> text.append(String.format(Locale.ROOT, "; %s %.1f", part.getKey(), part.getValue())));
        return text.toString();
    }

    private static double total(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / MILLIS;
    }

    private static double threads(Map<String, Double> seconds) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double told = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            long used = thread == null ? 0 : threads.getThreadCpuTime(thread.getThreadId());
            if (thread != null && used > 0) {
                seconds.merge(part(thread.getThreadName()), used / NANOS, Double::sum);
                told += used / NANOS;
            }
        }
        return told;
    }

    private static String part(String thread) {
        if (SIMULATOR.matcher(thread).find()) {
            return "simulator";
        }
        if (STORE.matcher(thread).find()) {
            return "store";
        }
        return BROKER.matcher(thread).find() ? "broker" : "other threads of the stack";
    }
}
