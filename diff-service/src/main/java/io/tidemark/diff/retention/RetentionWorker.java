package io.tidemark.diff.retention;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.lease.KeptLease;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import io.tidemark.runtime.time.Rounds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Looks now and then, one service at a time for each tenant, whether something is to be dropped. */
@ApplicationScoped
class RetentionWorker {

    private static final Duration LEASE = Duration.ofSeconds(60);

    private final Retention retention;
    private final Policies policies;
    private final SnapshotStore snapshots;
    private final LeaseStore leases;
    private final RetentionConfig config;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private @Nullable Rounds rounds;

    RetentionWorker(
            Retention retention,
            Policies policies,
            SnapshotStore snapshots,
            LeaseStore leases,
            RetentionConfig config,
            Clock clock) {
        this.retention = retention;
        this.policies = policies;
        this.snapshots = snapshots;
        this.leases = leases;
        this.config = config;
        this.clock = clock;
    }

    void begin(@Observes StartupEvent event) {
        rounds = Rounds.begin("retention", config.every(), this::all);
    }

    void end(@Observes ShutdownEvent event) {
        if (rounds != null) {
            rounds.close();
        }
        timer.shutdownNow();
    }

    void all() {
        if (policies.isAnySet()) {
            snapshots.trustedTenants().stream()
                    .filter(tenant -> policies.of(tenant).isPresent())
                    .forEach(this::one);
        }
    }

    private void one(TenantId tenant) {
        Optional<Lease> lease = leases.acquire("retention|" + tenant, LEASE);
        if (lease.isPresent()) {
            try (KeptLease kept = new KeptLease(leases, lease.get(), LEASE, clock, timer)) {
                retention.round(tenant, kept::isHeld);
            }
        }
    }
}
