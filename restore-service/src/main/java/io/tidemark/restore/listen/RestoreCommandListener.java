package io.tidemark.restore.listen;

import io.smallrye.common.annotation.Blocking;
import io.tidemark.contracts.ContractException;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreDecision;
import io.tidemark.directory.TenantId;
import io.tidemark.restore.intake.RestoreDesk;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.runtime.event.DeadLetters;
import io.tidemark.runtime.event.EventIntake;
import io.tidemark.runtime.event.EventReader;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears restore commands and decisions. What cannot be taken in is parked, the rest goes on. */
@ApplicationScoped
class RestoreCommandListener {

    static final String GROUP = "restore-service";

    private final RestoreDesk desk;
    private final EventIntake intake;
    private final DeadLetters deadLetters;

    RestoreCommandListener(RestoreDesk desk, EventIntake intake, DeadLetters deadLetters) {
        this.intake = intake;
        this.desk = desk;
        this.deadLetters = deadLetters;
    }

    @Incoming("restore-commands")
    @Blocking
    void on(ConsumerRecords<String, byte[]> received) {
        for (ConsumerRecord<String, byte[]> message : received) {
            intake.hold("restore command", () -> take(message));
        }
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        try {
            RestoreJob unused = handOn(EventReader.read(message));
        } catch (ContractException | ProblemException | IllegalArgumentException e) {
            deadLetters.park(message, GROUP, String.valueOf(e.getMessage()));
        }
    }

    private RestoreJob handOn(Event<?> event) {
        if (event.data() instanceof RestoreCommand command) {
            return desk.submit(command);
        }
        if (!(event.data() instanceof RestoreDecision decision)) {
            throw new ContractException("event of type " + event.type() + " is no restore command");
        }
        TenantId tenant = TenantId.parse(decision.tenantId());
        return switch (event.type()) {
            case RESTORE_APPROVE -> desk.approve(tenant, decision);
            case RESTORE_EXECUTE -> desk.execute(tenant, decision);
            case RESTORE_CANCEL -> desk.cancel(tenant, decision);
            default -> throw new ContractException("event of type " + event.type() + " is no restore decision");
        };
    }
}
