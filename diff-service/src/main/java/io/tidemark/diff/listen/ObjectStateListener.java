package io.tidemark.diff.listen;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.common.annotation.Blocking;
import io.tidemark.contracts.ContractException;
import io.tidemark.contracts.ObjectState;
import io.tidemark.diff.compare.MomentDiffer;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.seal.Account;
import io.tidemark.diff.seal.AccountStore;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.TextLength;
import io.tidemark.runtime.event.EventIntake;
import io.tidemark.runtime.event.EventIntake.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes states of objects and links into the history, and then into the account of their capture. */
@ApplicationScoped
class ObjectStateListener {

    /** Nobody saw a tenant before there were any; what is logged of a span of time is gone through hour by hour. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2199-12-31T23:59:59Z");

    private final EventIntake intake;
    private final ClaimedBodies bodies;
    private final HistoryStore history;
    private final AccountStore accounts;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Timer stored;
    private final AtomicLong lagMillis = new AtomicLong();

    ObjectStateListener(
            EventIntake intake,
            ClaimedBodies bodies,
            HistoryStore history,
            AccountStore accounts,
            MeterRegistry metrics,
            Clock clock) {
        this.intake = intake;
        this.bodies = bodies;
        this.history = history;
        this.accounts = accounts;
        this.metrics = metrics;
        this.clock = clock;
        this.stored = metrics.timer("tidemark.states.batch");
        metrics.gauge("tidemark.states.lag.millis", lagMillis);
    }

    @Incoming("object-states")
    @Blocking
    void on(ConsumerRecords<String, byte[]> batch) {
        List<Received<ObjectState>> states = intake.take(batch, ObjectState.class, this::whole);
        intake.store("object states", states, this::store);
    }

    private ObjectState whole(ObjectState received) {
        TenantId.parse(received.tenantId());
        ObjectState state = bodies.redeem(received);
        check(state);
        return state;
    }

    private void store(List<Received<ObjectState>> states) {
        Instant started = clock.instant();
        Map<String, TenantId> tenants = new HashMap<>();
        Map<TenantId, List<ObjectState>> byTenant = new LinkedHashMap<>();
        Map<Origin, List<Account.Entry>> byOrigin = new LinkedHashMap<>();
        for (Received<ObjectState> received : states) {
            ObjectState state = received.data();
            TenantId tenant = tenants.computeIfAbsent(state.tenantId(), TenantId::parse);
            byTenant.computeIfAbsent(tenant, key -> new ArrayList<>()).add(state);
            byOrigin.computeIfAbsent(
                            new Origin(
                                    tenant, state.captureId(), received.source().partition()),
                            key -> new ArrayList<>())
                    .add(new Account.Entry(
                            received.source().offset(),
                            state.key(),
                            state.deleted() == null ? state.stateHash() : null));
        }
        int changed = 0;
        for (Map.Entry<TenantId, List<ObjectState>> one : byTenant.entrySet()) {
            changed += history.apply(one.getKey(), one.getValue());
        }
        byOrigin.forEach(
                (origin, entries) -> accounts.add(origin.tenant(), origin.captureId(), origin.partition(), entries));
        measure(states, changed, started);
    }

    private void measure(List<Received<ObjectState>> states, int changed, Instant started) {
        metrics.counter("tidemark.states.received").increment(states.size());
        metrics.counter("tidemark.states.applied").increment(changed);
        Instant now = clock.instant();
        stored.record(Duration.between(started, now));
        states.stream()
                .mapToLong(received -> received.source().timestamp())
                .min()
                .ifPresent(oldest -> lagMillis.set(Math.max(0, now.toEpochMilli() - oldest)));
    }

    /** Refuses what the history could not keep or give back. */
    private static void check(ObjectState state) {
        ObjectRef unused = MomentDiffer.owner(state.key());
        if (state.captureId().isBlank()) {
            throw new ContractException("state has no capture id");
        }
        if (state.observedAt().isBefore(EARLIEST) || state.observedAt().isAfter(LATEST)) {
            throw new ContractException("state was not seen in this century or the next");
        }
        if (state.deleted() != null) {
            return;
        }
        if (state.stateHash() == null || state.body() == null) {
            throw new ContractException(
                    "state of something present has no " + (state.body() == null ? "body" : "hash"));
        }
        ContentHash hash = new ContentHash(state.stateHash());
        if (!TextLength.mayExceed(state.body(), HistoryStore.LONGEST_BODY)) {
            return;
        }
        int length = JsonText.bytes(state.body()).length;
        if (length > HistoryStore.LONGEST_BODY) {
            throw new ContractException("body of " + length + " bytes is longer than " + HistoryStore.LONGEST_BODY
                    + ", state with hash " + hash + " refused");
        }
    }

    /** Where states came from, as far as their account goes. */
    private record Origin(TenantId tenant, String captureId, int partition) {}
}
