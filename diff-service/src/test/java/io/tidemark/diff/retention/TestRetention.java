package io.tidemark.diff.retention;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.diff.Database;
import io.tidemark.diff.history.MongoThinning;
import io.tidemark.diff.history.Thinning;
import io.tidemark.diff.ops.ToldOperators;
import io.tidemark.diff.seal.MongoSnapshotStore;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.diff.work.MongoTaskStore;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.RecordedEvents;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Retention over one database, which can be killed after any of its writes. */
final class TestRetention {

    final RecordedEvents events = new RecordedEvents();
    final Set<Instant> open = new HashSet<>();
    final RetentionStore store;
    final Past past;
    private final Retention retention;
    private int left = Integer.MAX_VALUE;

    TestRetention(String database, RetentionConfig config, Clock clock) {
        this.store = killable(
                RetentionStore.class,
                new MongoRetentionStore(Database.client(), database),
                Set.of("looked", "advance", "thinned", "ended", "keep", "release")::contains);
        SnapshotStore snapshots =
                killable(SnapshotStore.class, new MongoSnapshotStore(Database.client(), database), "drop"::equals);
        Thinning thinning = killable(Thinning.class, new MongoThinning(Database.client(), database), "thin"::equals);
        this.past = new Past(store, clock);
        Survey survey = new Survey(
                snapshots,
                store,
                new MongoTaskStore(Database.client(), database),
                List.of(tenant -> Set.copyOf(open)),
                config,
                clock);
        this.retention = new Retention(
                new Policies(config),
                survey,
                store,
                snapshots,
                thinning,
                config,
                ToldOperators.by(events),
                new SimpleMeterRegistry(),
                clock);
    }

    void round(TenantId tenant) {
        left = Integer.MAX_VALUE;
        retention.round(tenant, () -> true);
    }

    /** Kills a round after so many writes; false if it came to its end before. */
    boolean killed(TenantId tenant, int writes) {
        left = writes;
        try {
            retention.round(tenant, () -> true);
            return false;
        } catch (Killed e) {
            return true;
        } finally {
            left = Integer.MAX_VALUE;
        }
    }

    Outlook outlook(TenantId tenant) {
        return retention.outlook(tenant);
    }

    private <T> T killable(Class<T> type, T real, Predicate<String> writes) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    try {
                        Object result = method.invoke(real, given);
                        if (writes.test(method.getName()) && --left <= 0) {
                            throw new Killed();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** The end of a process. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Rules with the usual times. */
    record Settings(String window, int daily, int weekly, String monthly, int last, Map<String, Rules> tenants)
            implements RetentionConfig {

        Settings(String window, int daily, int weekly, String monthly, int last) {
            this(window, daily, weekly, monthly, last, Map.of());
        }

        @Override
        public Duration every() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration clockLeap() {
            return Duration.ofDays(1);
        }

        @Override
        public Duration clockHold() {
            return Duration.ofHours(12);
        }

        @Override
        public Duration referred() {
            return Duration.ofDays(7);
        }
    }

    /** The window of one tenant. */
    record Window(Optional<String> window) implements RetentionConfig.Rules {
        @Override
        public Optional<Integer> daily() {
            return Optional.empty();
        }

        @Override
        public Optional<Integer> weekly() {
            return Optional.empty();
        }

        @Override
        public Optional<String> monthly() {
            return Optional.empty();
        }

        @Override
        public Optional<Integer> last() {
            return Optional.empty();
        }
    }
}
