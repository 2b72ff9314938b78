package io.tidemark.audit.source;

import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One lease, in memory. */
final class InMemoryLeases implements LeaseStore {

    private final Clock clock;
    private Lease current = new Lease("", "nobody", 0, Instant.MIN);

    InMemoryLeases(Clock clock) {
        this.clock = clock;
    }

    /** Another process takes the lease, whoever has it. */
    Lease stolenBy(String thief) {
        current = new Lease(
                current.name(), thief, current.fence() + 1, clock.instant().plusSeconds(60));
        return current;
    }

    @Override
    public Optional<Lease> acquire(String name, Duration duration) {
        if (current.until().isAfter(clock.instant())) {
            return Optional.empty();
        }
        current = new Lease(name, "me", current.fence() + 1, clock.instant().plus(duration));
        return Optional.of(current);
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration duration) {
        return current.fence() == lease.fence() ? Optional.of(lease) : Optional.empty();
    }

    @Override
    public void release(Lease lease) {
        if (current.fence() == lease.fence()) {
            current = new Lease(lease.name(), "nobody", lease.fence(), Instant.MIN);
        }
    }
}
