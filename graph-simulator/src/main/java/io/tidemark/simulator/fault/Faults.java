package io.tidemark.simulator.fault;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The faults in force. Which requests they hit comes from the seed. */
public final class Faults {

    /** A fault that occurs now. */
    public record Hit(Fault fault, double retryAfterSeconds) {}

    private static final class Armed {
        private final FaultRule rule;
        private int seen;
        private int occurred;

        private Armed(FaultRule rule) {
            this.rule = rule;
        }
    }

    private final Random random;
    private final List<Armed> rules = new ArrayList<>();
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private volatile boolean any;
    private volatile Lateness lateness;

    /** No faults yet. */
    public Faults(long seed, Lateness lateness) {
        this.random = new Random(seed * 31 + 7);
        this.lateness = lateness;
    }

    /** Puts a rule in force. */
    public synchronized void add(FaultRule rule) {
        rules.add(new Armed(rule));
        any = true;
    }

    /** Takes all rules back. */
    public synchronized void clear() {
        rules.clear();
        any = false;
    }

    /** The rules in force. */
    public synchronized List<FaultRule> rules() {
        return rules.stream().map(armed -> armed.rule).toList();
    }

    /** How often each fault occurred. */
    public synchronized Map<Fault, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** How far replicas and the audit log lag. */
    public Lateness lateness() {
        return lateness;
    }

    /** Changes how far they lag. */
    public void lateness(Lateness next) {
        lateness = next;
    }

    /** Says what goes wrong with a request; {@code null} if nothing does. */
    public @Nullable Hit draw(String method, String path) {
        if (!any) {
            return null;
        }
        synchronized (this) {
            for (Armed armed : rules) {
                FaultRule rule = armed.rule;
                if (!rule.matches(method, path)) {
                    continue;
                }
                armed.seen++;
                boolean open = armed.seen > rule.skip() && (rule.most() == 0 || armed.occurred < rule.most());
                if (open && (rule.rate() >= 1 || random.nextDouble() < rule.rate())) {
                    armed.occurred++;
                    counts.merge(rule.fault(), 1, Integer::sum);
                    return new Hit(rule.fault(), rule.retryAfterSeconds());
                }
            }
            return null;
        }
    }
}
