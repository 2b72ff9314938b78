package io.tidemark.audit.publish;

import io.tidemark.contracts.AuditRaw;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.OpsEvent;
import java.util.List;

/** Where entries and changes go. What has been published twice is the same event twice, by its id. */
public interface AuditPublisher {

    /** Publishes entries and what they tell, and returns when the broker has all of it; fails if it has not. */
    void publish(List<AuditRaw> entries, List<ChangeRecorded> changes);

    /** Publishes something that operators should know. */
    void publish(OpsEvent event);
}
