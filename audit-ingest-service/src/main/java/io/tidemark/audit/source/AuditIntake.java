package io.tidemark.audit.source;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.audit.publish.AuditPublisher;
import io.tidemark.audit.translate.AuditTranslator;
import io.tidemark.contracts.AuditRaw;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes entries in, whatever brought them: those not seen before are published, and only then remembered as seen. A crash in between
 * publishes them once more under the same ids, and loses none.
 */
@ApplicationScoped
class AuditIntake {

    private final SeenStore seen;
    private final AuditPublisher publisher;
    private final Clock clock;
    private final MeterRegistry metrics;

    AuditIntake(SeenStore seen, AuditPublisher publisher, Clock clock, MeterRegistry metrics) {
        this.seen = seen;
        this.publisher = publisher;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Takes entries in and says how many of them were new. */
    int take(TenantId tenant, List<IntakeEntry> entries) {
        Map<String, IntakeEntry> byId = new LinkedHashMap<>();
        entries.forEach(entry -> byId.putIfAbsent(entry.id(), entry));
        Set<String> unseen = seen.unseen(tenant, byId.keySet());
        if (unseen.isEmpty()) {
            return 0;
        }
        Instant now = clock.instant();
        List<AuditRaw> raw = new ArrayList<>(unseen.size());
        List<ChangeRecorded> changes = new ArrayList<>(unseen.size());
        for (String id : unseen) {
            IntakeEntry entry = byId.get(id);
            if (entry != null) {
                raw.add(new AuditRaw(tenant.toString(), id, entry.source(), now, entry.raw()));
                changes.addAll(AuditTranslator.translate(tenant, entry.entry()));
                count(entry, now);
            }
        }
        publisher.publish(raw, changes);
        seen.remember(tenant, unseen);
        changes.forEach(change -> metrics.counter(
                        "tidemark.audit.changes", "mapping", change.mapping().name(), "result", change.result())
                .increment());
        return unseen.size();
    }

    private void count(IntakeEntry entry, Instant now) {
        metrics.counter("tidemark.audit.entries", "source", entry.source().name())
                .increment();
        Duration age = Duration.between(entry.entry().occurredAt(), now);
        metrics.timer("tidemark.audit.arrival", "source", entry.source().name())
                .record(age.isNegative() ? Duration.ZERO : age);
    }
}
