package io.tidemark.snapshot.schedule;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.TenantId;
import io.tidemark.snapshot.capture.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Orders the captures that are due. Two services that find the same capture due order the same one. */
@ApplicationScoped
class Timetable {

    private final CaptureStore store;
    private final Tenants tenants;
    private final ScheduleConfig config;
    private final Clock clock;

    Timetable(CaptureStore store, Tenants tenants, ScheduleConfig config, Clock clock) {
        this.store = store;
        this.tenants = tenants;
        this.config = config;
        this.clock = clock;
    }

    /** Refuses to start with a time that cannot be read. */
    void check(@Observes StartupEvent event) {
        for (TenantId tenant : tenants.all()) {
            var unusedFull = fullOf(tenant);
            var unusedIncremental = incrementalOf(tenant);
        }
    }

    @Scheduled(every = "5s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void orderDue() {
        for (TenantId tenant : tenants.all()) {
            orderIfDue(tenant, CaptureMode.FULL, fullOf(tenant));
            orderIfDue(tenant, CaptureMode.INCREMENTAL, incrementalOf(tenant));
        }
    }

    private Recurrence fullOf(TenantId tenant) {
        return Recurrence.parse(
                timesOf(tenant).flatMap(ScheduleConfig.Times::full).orElseGet(config::full), zoneOf(tenant));
    }

    private Recurrence incrementalOf(TenantId tenant) {
        return Recurrence.parse(
                timesOf(tenant).flatMap(ScheduleConfig.Times::incremental).orElseGet(config::incremental),
                zoneOf(tenant));
    }

    private ZoneId zoneOf(TenantId tenant) {
        return Recurrence.zone(
                timesOf(tenant).flatMap(ScheduleConfig.Times::zone).orElseGet(config::zone));
    }

    private Optional<ScheduleConfig.Times> timesOf(TenantId tenant) {
        return Optional.ofNullable(config.tenants().get(tenant.toString()));
    }

    private void orderIfDue(TenantId tenant, CaptureMode mode, Recurrence recurrence) {
        if (recurrence instanceof Recurrence.Never) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Instant> last = store.lastDue(tenant, mode.name());
        // A tenant that was never captured is captured at once, whatever its times.
        Optional<Instant> due = last.isPresent() ? recurrence.due(last.get(), now) : Optional.of(now);
        if (due.isEmpty()) {
            return;
        }
        if (!isAnyPending(tenant, mode)) {
            store.add(Capture.queued(tenant, mode, null, false, List.of(), false, now, "due " + due.get(), 1));
        }
        store.noteDue(tenant, mode.name(), due.get());
    }

    // A full capture reads all that an incremental one would.
    private boolean isAnyPending(TenantId tenant, CaptureMode mode) {
        return store.pending().stream()
                .filter(capture -> capture.order().tenant().equals(tenant))
                .map(capture -> capture.order().mode())
                .anyMatch(pending -> pending == mode || pending == CaptureMode.FULL);
    }
}
