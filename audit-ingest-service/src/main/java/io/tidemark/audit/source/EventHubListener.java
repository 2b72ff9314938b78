package io.tidemark.audit.source;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.runtime.event.DeadLetters;
import io.tidemark.runtime.event.EventIntake;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes in what Azure's diagnostic settings stream to an event hub. Records of other logs and other tenants are passed over. */
@ApplicationScoped
class EventHubListener {

    static final String GROUP = "audit-ingest-service";

    private static final String AUDIT_LOGS = "AuditLogs";

    private final AuditIntake intake;
    private final AuditSource source;
    private final EventIntake held;
    private final DeadLetters deadLetters;
    private final MeterRegistry metrics;

    EventHubListener(
            AuditIntake intake, AuditSource source, EventIntake held, DeadLetters deadLetters, MeterRegistry metrics) {
        this.intake = intake;
        this.source = source;
        this.held = held;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    @Incoming("event-hub")
    @Blocking
    void on(ConsumerRecords<String, byte[]> messages) {
        Map<TenantId, List<IntakeEntry>> entries = new LinkedHashMap<>();
        held.hold("unreadable event hub records", () -> {
            entries.clear();
            messages.forEach(message -> read(message, entries));
        });
        // On its own, so that what was parked is not parked again while the store is away.
        held.hold("event hub records", () -> entries.forEach(intake::take));
    }

    /** A message with one unreadable record is parked whole, and its readable records go on. */
    private void read(ConsumerRecord<String, byte[]> message, Map<TenantId, List<IntakeEntry>> entries) {
        if (message.value() == null) {
            deadLetters.park(message, GROUP, "message is empty");
            return;
        }
        List<JsonObject> records;
        try {
            records = EventHubMessage.records(message.value());
        } catch (IllegalArgumentException e) {
            deadLetters.park(message, GROUP, reason(e));
            return;
        }
        String refusal = null;
        for (JsonObject one : records) {
            try {
                tenant(one)
                        .ifPresent(tenant -> entries.computeIfAbsent(tenant, unused -> new ArrayList<>())
                                .add(IntakeEntry.ofEventHub(one)));
            } catch (IllegalArgumentException e) {
                refusal = reason(e);
            }
        }
        if (refusal != null) {
            deadLetters.park(message, GROUP, refusal);
        }
    }

    /** The record's tenant; empty if the record is none of our business. */
    private Optional<TenantId> tenant(JsonObject one) {
        if (!isAuditRecord(one)) {
            passOver("category");
            return Optional.empty();
        }
        TenantId tenant = TenantId.parse(one.findString("tenantId")
                .orElseThrow(() -> new IllegalArgumentException("audit record has no tenantId")));
        if (!source.tenants().contains(tenant)) {
            passOver("tenant");
            return Optional.empty();
        }
        return Optional.of(tenant);
    }

    /** Some hubs carry the entry's own category in the envelope; such a record shows by its entry what it is. */
    private static boolean isAuditRecord(JsonObject one) {
        return one.findString("category").map(AUDIT_LOGS::equals).orElse(false)
                || (one.find("properties").orElse(null) instanceof JsonObject entry
                        && entry.find("activityDisplayName").isPresent());
    }

    private void passOver(String reason) {
        metrics.counter("tidemark.audit.passed.over", "reason", reason).increment();
    }

    private static String reason(IllegalArgumentException e) {
        return e.getMessage() == null ? "record could not be read" : e.getMessage();
    }
}
