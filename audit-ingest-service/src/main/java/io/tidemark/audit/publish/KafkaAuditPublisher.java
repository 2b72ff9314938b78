package io.tidemark.audit.publish;

import io.tidemark.contracts.AuditRaw;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.OpsEvent;
import io.tidemark.runtime.event.EventPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Puts them on their topics, with ids made from what identifies them. */
@ApplicationScoped
class KafkaAuditPublisher implements AuditPublisher {

    private static final String PLATFORM = "platform";

    private final EventPublisher events;

    KafkaAuditPublisher(EventPublisher events) {
        this.events = events;
    }

    @Override
    public void publish(List<AuditRaw> entries, List<ChangeRecorded> changes) {
        List<Event<?>> sending = new ArrayList<>(entries.size() + changes.size());
        entries.forEach(entry -> sending.add(event(entry)));
        changes.forEach(change -> sending.add(event(change)));
        events.publish(sending);
    }

    @Override
    public void publish(OpsEvent event) {
        String tenant = event.tenantId() == null ? PLATFORM : event.tenantId();
        events.publish(new Event<>(
                Event.idOf(
                        tenant,
                        "ops",
                        event.component(),
                        event.event(),
                        event.at().toString()),
                EventType.OPS,
                source(tenant),
                "component/" + event.component(),
                event.at(),
                tenant + "|" + event.component(),
                null,
                event));
    }

    static Event<AuditRaw> event(AuditRaw entry) {
        return new Event<>(
                Event.idOf(entry.tenantId(), "audit-raw", entry.auditId()),
                EventType.AUDIT_RAW,
                source(entry.tenantId()),
                "auditEntry/" + entry.auditId(),
                entry.receivedAt(),
                entry.tenantId() + "|" + entry.auditId(),
                entry.entry().findString("correlationId").orElse(null),
                entry);
    }

    static Event<ChangeRecorded> event(ChangeRecorded change) {
        String type = change.object().type();
        String id = change.object().id();
        return new Event<>(
                Event.idOf(change.tenantId(), "change", change.auditId(), type, id),
                EventType.CHANGE_RECORDED,
                source(change.tenantId()),
                type + "/" + id,
                change.occurredAt(),
                change.tenantId() + "|" + type + "|" + id,
                change.correlationId(),
                change);
    }

    private static String source(String tenant) {
        return "/tenants/" + tenant + "/audit";
    }
}
