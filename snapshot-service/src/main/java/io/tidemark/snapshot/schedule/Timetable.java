package io.tidemark.snapshot.schedule;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.TenantId;
import io.tidemark.snapshot.capture.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Orders the captures that are due. Two services that find the same capture due order the same one. */
@ApplicationScoped
class Timetable {

    private static final String OFF = "off";

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
            every(fullOf(tenant));
            every(incrementalOf(tenant));
        }
    }

    @Scheduled(every = "5s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void orderDue() {
        for (TenantId tenant : tenants.all()) {
            every(fullOf(tenant)).ifPresent(period -> orderIfDue(tenant, CaptureMode.FULL, period));
            every(incrementalOf(tenant)).ifPresent(period -> orderIfDue(tenant, CaptureMode.INCREMENTAL, period));
        }
    }

    private String fullOf(TenantId tenant) {
        return timesOf(tenant).flatMap(ScheduleConfig.Times::fullEvery).orElseGet(config::fullEvery);
    }

    private String incrementalOf(TenantId tenant) {
        return timesOf(tenant).flatMap(ScheduleConfig.Times::incrementalEvery).orElseGet(config::incrementalEvery);
    }

    private Optional<ScheduleConfig.Times> timesOf(TenantId tenant) {
        return Optional.ofNullable(config.tenants().get(tenant.toString()));
    }

    private void orderIfDue(TenantId tenant, CaptureMode mode, Duration period) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Instant> last = store.lastDue(tenant, mode.name());
        if (last.isPresent() && now.isBefore(last.get().plus(period))) {
            return;
        }
        Instant due = last.map(before -> newestDue(before, period, now)).orElse(now);
        if (!isAnyPending(tenant, mode)) {
            store.add(Capture.queued(tenant, mode, null, false, List.of(), now, "due " + due, 1));
        }
        store.noteDue(tenant, mode.name(), due);
    }

    // A full capture reads all that an incremental one would.
    private boolean isAnyPending(TenantId tenant, CaptureMode mode) {
        return store.pending().stream()
                .filter(capture -> capture.order().tenant().equals(tenant))
                .map(capture -> capture.order().mode())
                .anyMatch(pending -> pending == mode || pending == CaptureMode.FULL);
    }

    private static Instant newestDue(Instant before, Duration period, Instant now) {
        long passed = Duration.between(before, now).dividedBy(period);
        return before.plus(period.multipliedBy(passed));
    }

    static Optional<Duration> every(String text) {
        if (text.equalsIgnoreCase(OFF)) {
            return Optional.empty();
        }
        try {
            Duration period = Duration.parse(text);
            if (period.isNegative() || period.isZero()) {
                throw new IllegalArgumentException("time between captures must be more than zero, not " + text);
            }
            return Optional.of(period);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "time between captures must be an ISO duration such as PT5M, or 'off', not '" + text + "'", e);
        }
    }
}
