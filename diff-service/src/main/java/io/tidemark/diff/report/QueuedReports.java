package io.tidemark.diff.report;

import io.tidemark.diff.retention.OpenWork;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The moments of reports that are to be built. */
@ApplicationScoped
class QueuedReports implements OpenWork {

    private final ReportStore reports;

    QueuedReports(ReportStore reports) {
        this.reports = reports;
    }

    @Override
    public Set<Instant> moments(TenantId tenant) {
        Set<Instant> moments = new HashSet<>();
        reports.queue().stream()
                .filter(queued -> queued.tenant().equals(tenant) && !queued.isUntold())
                .flatMap(queued -> readable(tenant, queued.id()).stream())
                .forEach(report -> {
                    moments.add(report.fromInstant());
                    if (report.toInstant() != null) {
                        moments.add(report.toInstant());
                    }
                });
        return moments;
    }

    /** One that cannot be read is built by nobody. */
    private Optional<Report> readable(TenantId tenant, String id) {
        try {
            return reports.find(tenant, id);
        } catch (ReportException e) {
            return Optional.empty();
        }
    }
}
