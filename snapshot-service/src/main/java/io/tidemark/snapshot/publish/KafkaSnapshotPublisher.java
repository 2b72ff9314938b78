package io.tidemark.snapshot.publish;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.MomentText;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Publishes to the topics object-state and snapshot. */
@ApplicationScoped
class KafkaSnapshotPublisher implements SnapshotPublisher {

    private final EventPublisher events;
    private final LargeBodies bodies;

    KafkaSnapshotPublisher(EventPublisher events, LargeBodies bodies) {
        this.events = events;
        this.bodies = bodies;
    }

    @Override
    public void publish(List<ObjectState> states) {
        List<Event<ObjectState>> publishable = new ArrayList<>(states.size());
        for (ObjectState state : states) {
            publishable.add(event(state.claimedIfLarge(json -> bodies.keep(TenantId.parse(state.tenantId()), json))));
        }
        events.publish(publishable);
    }

    @Override
    public void publish(Stage stage, CaptureReport report) {
        EventType type = switch (stage) {
            case STARTED -> EventType.SNAPSHOT_STARTED;
            case COMPLETED -> EventType.SNAPSHOT_COMPLETED;
            case INCOMPLETE -> EventType.SNAPSHOT_INCOMPLETE;
            case FAILED -> EventType.SNAPSHOT_FAILED;
        };
        events.publish(new Event<>(
                Event.idOf(report.tenantId(), "capture", report.captureId(), stage.name()),
                type,
                source(report.tenantId()),
                "snapshot/" + report.captureId(),
                report.completedAt() == null ? report.startedAt() : report.completedAt(),
                report.tenantId(),
                report.captureId(),
                report));
    }

    private static Event<ObjectState> event(ObjectState state) {
        String content = state.deleted() == null
                ? String.valueOf(state.stateHash())
                : state.deleted().name();
        return new Event<>(
                Event.idOf(
                        state.tenantId(),
                        state.objectType(),
                        state.objectId(),
                        state.captureId(),
                        MomentText.of(state.observedAt()),
                        content),
                EventType.OBJECT_STATE,
                source(state.tenantId()),
                state.objectType() + "/" + state.objectId(),
                state.observedAt(),
                state.tenantId() + "|" + state.objectType() + "|" + state.objectId(),
                state.captureId(),
                state);
    }

    private static String source(String tenant) {
        return "/tenants/" + tenant + "/snapshot";
    }
}
