package io.tidemark.diff.ops;

import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.OpsEvent;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Sends what operators should know to their topic. */
@ApplicationScoped
public class Operators {

    private static final String COMPONENT = "diff-service";

    private final EventPublisher publisher;

    Operators(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Returns when the broker has the news; telling it again does no harm.
     *
     * @param event what, in kebab case
     * @param subject what it is about, such as {@code snapshot/<id>}
     * @param detail a sentence without personal data
     * @param at when; the same for the same news
     */
    public void tell(TenantId tenant, String event, String subject, String detail, Instant at) {
        String named = tenant.toString();
        publisher.publish(new Event<>(
                Event.idOf(named, "ops", COMPONENT, event, subject, at.toString()),
                EventType.OPS,
                "/tenants/" + named + "/" + COMPONENT,
                subject,
                at,
                named + "|" + COMPONENT,
                null,
                new OpsEvent(named, COMPONENT, event, detail, at)));
    }
}
