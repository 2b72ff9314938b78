package io.tidemark.snapshot.schedule;

import io.smallrye.common.annotation.Blocking;
import io.tidemark.contracts.ContractException;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.SnapshotSealed;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.DeadLetters;
import io.tidemark.runtime.event.EventReader;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears which snapshots are sealed. */
@ApplicationScoped
class SealListener {

    private static final String GROUP = "snapshot-service";

    private final Captures captures;
    private final DeadLetters deadLetters;

    SealListener(Captures captures, DeadLetters deadLetters) {
        this.captures = captures;
        this.deadLetters = deadLetters;
    }

    @Incoming("snapshots")
    @Blocking
    void on(ConsumerRecords<String, byte[]> received) {
        for (ConsumerRecord<String, byte[]> one : received) {
            try {
                Event<?> event = EventReader.read(one);
                if (event.data() instanceof SnapshotSealed sealed) {
                    captures.sealed(TenantId.parse(sealed.tenantId()), sealed.snapshotId());
                }
            } catch (ContractException | IllegalArgumentException e) {
                deadLetters.park(one, GROUP, String.valueOf(e.getMessage()));
            }
        }
    }
}
