package io.tidemark.audit.source;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.audit.publish.AuditPublisher;
import io.tidemark.contracts.OpsEvent;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.runtime.lease.Lease;
import io.tidemark.runtime.lease.LeaseStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads one tenant's log from where it was left, with an overlap for entries that show up late. */
@ApplicationScoped
class AuditPoller {

    static final String COMPONENT = "audit-ingest-service";

    private static final Logger LOG = Logger.getLogger(AuditPoller.class);
    private static final int BATCH = 500;

    private final AuditSource source;
    private final AuditIntake intake;
    private final WatermarkStore watermarks;
    private final LeaseStore leases;
    private final AuditPublisher publisher;
    private final AuditConfig config;
    private final Clock clock;
    private final MeterRegistry metrics;

    AuditPoller(
            AuditSource source,
            AuditIntake intake,
            WatermarkStore watermarks,
            LeaseStore leases,
            AuditPublisher publisher,
            AuditConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.source = source;
        this.intake = intake;
        this.watermarks = watermarks;
        this.leases = leases;
        this.publisher = publisher;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Polls once and says how many entries were new; empty if another reader has the tenant. */
    Optional<Long> poll(TenantId tenant) {
        Optional<Lease> lease = leases.acquire("audit/" + tenant, config.lease());
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        Reading reading = new Reading(tenant, lease.get());
        try {
            return Optional.of(reading.run());
        } finally {
            leases.release(reading.lease);
        }
    }

    /** One poll while it runs. */
    private final class Reading {

        private final TenantId tenant;
        private final List<IntakeEntry> waiting = new ArrayList<>(BATCH);
        private Lease lease;
        private IngestionState state;
        private @Nullable Instant newest;
        private long read;
        private long taken;
        private long unreadable;

        Reading(TenantId tenant, Lease lease) {
            this.tenant = tenant;
            this.lease = lease;
            this.state = watermarks.find(tenant);
        }

        long run() {
            Instant now = clock.instant();
            PollPlan plan = PollPlan.of(state, now, config);
            plan.lost().ifPresent(span -> giveUp(span, now));
            for (Span span : plan.spans()) {
                read(span);
            }
            long fresh = taken;
            keep(plan.wide() ? state.polledWide(now, read) : state.polled(now));
            reportUnreadable();
            if (fresh > 0) {
                LOG.infof("audit log read tenant=%s new=%d read=%d wide=%s", tenant, fresh, read, plan.wide());
            }
            return fresh;
        }

        private void read(Span span) {
            long before = taken;
            newest = null;
            source.read(tenant, span.from(), span.to(), this::accept);
            flush();
            keep(state.covered(span, newest, taken - before, config.patience()));
        }

        private void accept(JsonObject raw) {
            read++;
            IntakeEntry entry;
            try {
                entry = IntakeEntry.ofGraph(raw);
            } catch (IllegalArgumentException e) {
                unreadable++;
                LOG.warnf("audit entry could not be read tenant=%s reason=%s", tenant, e.getMessage());
                return;
            }
            waiting.add(entry);
            if (newest == null || entry.entry().occurredAt().isAfter(newest)) {
                newest = entry.entry().occurredAt();
            }
            if (waiting.size() >= BATCH) {
                flush();
            }
        }

        private void flush() {
            taken += intake.take(tenant, waiting);
            waiting.clear();
            lease = leases.renew(lease, config.lease()).orElseThrow(() -> new LeaseLostException(tenant));
        }

        private void giveUp(Span span, Instant now) {
            state = state.lost(span, now);
            LOG.warnf("audit log lost tenant=%s from=%s to=%s", tenant, span.from(), span.to());
            publisher.publish(new OpsEvent(
                    tenant.toString(),
                    COMPONENT,
                    "audit-gap",
                    "the audit log from " + span.from() + " to " + span.to()
                            + " was not read before its retention ended; changes of that time have no attribution",
                    now));
            keep(state);
        }

        private void reportUnreadable() {
            if (unreadable == 0) {
                return;
            }
            metrics.counter("tidemark.audit.unreadable").increment(unreadable);
            publisher.publish(new OpsEvent(
                    tenant.toString(),
                    COMPONENT,
                    "audit-entry-unreadable",
                    unreadable + " entries of the audit log have no usable id or time and were left out",
                    clock.instant()));
        }

        private void keep(IngestionState next) {
            state = next;
            if (!watermarks.keep(tenant, next, lease.fence())) {
                throw new LeaseLostException(tenant);
            }
        }
    }
}
