package io.tidemark.snapshot.schedule;

import io.smallrye.common.annotation.Blocking;
import io.tidemark.contracts.SnapshotSealed;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventIntake;
import io.tidemark.runtime.event.EventIntake.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears which snapshots are sealed. */
@ApplicationScoped
class SealListener {

    private final EventIntake intake;
    private final Captures captures;

    SealListener(EventIntake intake, Captures captures) {
        this.intake = intake;
        this.captures = captures;
    }

    /** Our own news of captures travels on the same topic and is passed over. */
    @Incoming("snapshots")
    @Blocking
    void on(ConsumerRecords<String, byte[]> batch) {
        List<Received<Object>> news = intake.read(batch, Object.class, SealListener::check);
        intake.store("seals", news, received -> received.forEach(this::note));
    }

    private static void check(Object data) {
        if (data instanceof SnapshotSealed sealed) {
            TenantId unused = TenantId.parse(sealed.tenantId());
        }
    }

    private void note(Received<Object> received) {
        if (received.data() instanceof SnapshotSealed sealed) {
            captures.sealed(TenantId.parse(sealed.tenantId()), sealed.snapshotId());
        }
    }
}
