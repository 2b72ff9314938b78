package io.tidemark.diff.listen;

import io.smallrye.common.annotation.Blocking;
import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.ContractException;
import io.tidemark.contracts.SnapshotSealed;
import io.tidemark.diff.seal.Captures;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventIntake;
import io.tidemark.runtime.event.EventIntake.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Notes when captures begin and end. */
@ApplicationScoped
class SnapshotListener {

    private final EventIntake intake;
    private final Captures captures;

    SnapshotListener(EventIntake intake, Captures captures) {
        this.intake = intake;
        this.captures = captures;
    }

    @Incoming("snapshots")
    @Blocking
    void on(ConsumerRecords<String, byte[]> batch) {
        List<Received<Object>> news = intake.read(batch, Object.class, SnapshotListener::check);
        intake.store("captures", news, received -> received.forEach(this::note));
    }

    /** The news that a snapshot is sealed is our own and travels on the same topic. */
    private static void check(Object data) {
        if (data instanceof CaptureReport capture) {
            TenantId tenant = TenantId.parse(capture.tenantId());
            if (capture.captureId().isBlank() || capture.startedAt() == null) {
                throw new ContractException("capture of tenant " + tenant + " has no id or start");
            }
        } else if (!(data instanceof SnapshotSealed)) {
            throw new ContractException("event does not belong on this topic");
        }
    }

    private void note(Received<Object> news) {
        if (!(news.data() instanceof CaptureReport capture)) {
            return;
        }
        switch (news.type()) {
            case SNAPSHOT_STARTED -> captures.started(capture);
            case SNAPSHOT_COMPLETED -> captures.completed(capture);
            case SNAPSHOT_INCOMPLETE -> captures.incomplete(capture);
            case SNAPSHOT_FAILED -> captures.failed(capture);
            default -> throw new ContractException("event of type " + news.type() + " is no news of a capture");
        }
    }
}
