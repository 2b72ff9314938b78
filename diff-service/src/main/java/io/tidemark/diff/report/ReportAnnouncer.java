package io.tidemark.diff.report;

import io.tidemark.contracts.Event;
import io.tidemark.contracts.EventType;
import io.tidemark.contracts.ReportEvent;
import io.tidemark.diff.report.Report.State;
import io.tidemark.runtime.event.EventPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Tells the world that a report has ended. */
@ApplicationScoped
class ReportAnnouncer {

    private final EventPublisher publisher;

    ReportAnnouncer(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /** Returns when the broker has the news; telling it again does no harm. */
    void announce(Report report) {
        String tenant = report.tenant().toString();
        EventType type = report.state() == State.READY ? EventType.REPORT_READY : EventType.REPORT_FAILED;
        Instant to = report.toInstant() == null ? report.createdAt() : report.toInstant();
        ReportEvent event = new ReportEvent(
                tenant,
                report.id(),
                report.fromInstant(),
                to,
                report.counts().totals(),
                "/api/v1/tenants/" + tenant + "/reports/" + report.id(),
                report.reason());
        publisher.publish(new Event<>(
                Event.idOf(tenant, "report-ended", report.id(), type.name(), Long.toString(report.fence())),
                type,
                "/tenants/" + tenant + "/diff-service",
                "report/" + report.id(),
                report.createdAt(),
                tenant + "|" + report.id(),
                null,
                event));
    }
}
