package io.tidemark.diff.listen;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Blocking;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ContractException;
import io.tidemark.diff.change.ChangeStore;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventIntake;
import io.tidemark.runtime.event.EventIntake.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps what the audit log says of objects and links. */
@ApplicationScoped
class ChangeListener {

    private final EventIntake intake;
    private final ChangeStore changes;
    private final MeterRegistry metrics;

    ChangeListener(EventIntake intake, ChangeStore changes, MeterRegistry metrics) {
        this.intake = intake;
        this.changes = changes;
        this.metrics = metrics;
    }

    @Incoming("changes")
    @Blocking
    void on(ConsumerRecords<String, byte[]> batch) {
        List<Received<ChangeRecorded>> received = intake.read(batch, ChangeRecorded.class, ChangeListener::check);
        intake.store("changes", received, this::store);
        metrics.counter("tidemark.changes.received").increment(received.size());
    }

    private void store(List<Received<ChangeRecorded>> received) {
        Map<TenantId, List<ChangeRecorded>> byTenant = new LinkedHashMap<>();
        received.forEach(
                one -> byTenant.computeIfAbsent(TenantId.parse(one.data().tenantId()), tenant -> new ArrayList<>())
                        .add(one.data()));
        byTenant.forEach(changes::add);
    }

    private static void check(ChangeRecorded change) {
        TenantId.parse(change.tenantId());
        StateKey unused = new StateKey(change.object().type(), change.object().id());
        if (change.auditId().isBlank()) {
            throw new ContractException("change event has no audit id");
        }
    }
}
