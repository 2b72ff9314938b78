package io.tidemark.diff.report;

import io.tidemark.contracts.Event;
import io.tidemark.contracts.Selection.ObjectKey;
import io.tidemark.diff.moment.Moment;
import io.tidemark.diff.moment.Moments;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes orders for reports. The same order gives the same report. */
@ApplicationScoped
public class Reports {

    private final ReportStore store;
    private final ReportWorker worker;
    private final Moments moments;
    private final Clock clock;

    public Reports(ReportStore store, ReportWorker worker, Moments moments, Clock clock) {
        this.store = store;
        this.worker = worker;
        this.moments = moments;
        this.clock = clock;
    }

    /** What a report is to be about. */
    public record Order(Moment from, Moment to, List<String> types, List<ObjectKey> objects) {
        public Order {
            types = types == null ? List.of() : List.copyOf(types);
            objects = objects == null ? List.of() : List.copyOf(objects);
        }
    }

    /**
     * Orders a report. Moments that move, such as the live tenant, make a new report each time unless the request carries the same key.
     *
     * @throws ProblemException if a moment cannot be compared
     */
    public Report order(TenantId tenant, Order order, @Nullable String idempotencyKey) {
        Instant now = clock.instant();
        Instant from = moments.instant(tenant, order.from());
        @Nullable Instant to = order.to() instanceof Moment.Live ? null : moments.instant(tenant, order.to());
        if (to != null && from.isAfter(to)) {
            throw ProblemException.badRequest("moments-reversed", "'from' must not be later than 'to'");
        }
        Scope scope = new Scope(order.types(), order.objects());
        String again = idempotencyKey == null ? now.toString() : idempotencyKey;
        String id = Event.idOf(
                tenant.toString(), "report", fixed(order.from(), again), fixed(order.to(), again), scope.text());
        Report queued =
                Report.queued(id, tenant, order.from().text(), order.to().text(), from, to, scope, now);
        store.enqueue(queued);
        Report known = store.find(tenant, id).orElse(queued);
        if (known.state() == Report.State.FAILED) {
            known = known.withState(Report.State.QUEUED, null);
            store.update(known);
            store.requeue(known);
        }
        worker.offer(tenant, id);
        return known;
    }

    /**
     * Looks again for who caused what a report lists: the audit log is late.
     *
     * @throws ProblemException if retention has thinned what was at one of its moments
     */
    public void refresh(Report report) {
        moments.require(report.tenant(), report.fromInstant());
        if (report.toInstant() != null) {
            moments.require(report.tenant(), report.toInstant());
        }
        store.requeue(report);
        worker.offer(report.tenant(), report.id());
    }

    public Optional<Report> find(TenantId tenant, String id) {
        return store.find(tenant, id);
    }

    private static String fixed(Moment moment, String again) {
        boolean moves = moment instanceof Moment.Live || moment instanceof Moment.Latest;
        return moves ? moment.text() + "@" + again : moment.text();
    }
}
