package io.tidemark.snapshot.trigger;

import io.smallrye.common.annotation.Blocking;
import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ContractException;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.EventIntake;
import io.tidemark.runtime.event.EventIntake.Received;
import io.tidemark.snapshot.schedule.Capture;
import io.tidemark.snapshot.schedule.Captures;
import io.tidemark.snapshot.schedule.ScheduleConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hears what the audit log says and has it read again at once. */
@ApplicationScoped
class ChangeListener {

    private static final Logger LOG = Logger.getLogger(ChangeListener.class);

    private final EventIntake intake;
    private final Captures captures;
    private final ScheduleConfig config;

    ChangeListener(EventIntake intake, Captures captures, ScheduleConfig config) {
        this.intake = intake;
        this.captures = captures;
        this.config = config;
    }

    @Incoming("changes")
    @Blocking
    void on(ConsumerRecords<String, byte[]> batch) {
        List<Received<ChangeRecorded>> changes = intake.read(batch, ChangeRecorded.class, ChangeListener::check);
        if (config.onChange()) {
            intake.store("rereads", changes, this::reread);
        }
    }

    private static void check(ChangeRecorded change) {
        TenantId unused = TenantId.parse(change.tenantId());
        if (change.object().id().isBlank()) {
            throw new ContractException("change event names no object");
        }
    }

    private void reread(List<Received<ChangeRecorded>> changes) {
        Map<TenantId, List<ChangeRecorded>> byTenant = new LinkedHashMap<>();
        changes.forEach(
                one -> byTenant.computeIfAbsent(TenantId.parse(one.data().tenantId()), tenant -> new ArrayList<>())
                        .add(one.data()));
        byTenant.forEach((tenant, ofTenant) -> {
            if (captures.knows(tenant)) {
                Reread.after(ofTenant).forEach(reread -> order(tenant, reread));
            }
        });
    }

    private void order(TenantId tenant, Reread reread) {
        Capture ordered = captures.order(tenant, reread.mode(), null, false, reread.objects(), false, reread.key());
        LOG.infof(
                "capture ordered by audit log tenant=%s capture=%s mode=%s objects=%d",
                tenant, ordered.id(), reread.mode(), reread.objects().size());
    }
}
