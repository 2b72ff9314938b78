package io.tidemark.diff.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.contracts.Selection.ObjectKey;
import io.tidemark.diff.report.Report;
import io.tidemark.diff.report.ReportCounts;
import io.tidemark.diff.report.ReportItem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What requests about reports hold and get. */
final class ReportViews {

    private ReportViews() {}

    /** What a report is to be about. */
    public record ReportOrder(
            @Nullable String from,
            @Nullable String to,
            @Nullable List<String> types,
            @Nullable List<ObjectKey> objects) {}

    /** A moment, as asked for and as found. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MomentView(String moment, @Nullable Instant instant) {}

    /** A report without its items. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ReportView(
            String reportId,
            String tenantId,
            Report.State state,
            MomentView from,
            MomentView to,
            ReportCounts counts,
            long items,
            long millis,
            Instant createdAt,
            @Nullable String reason) {

        static ReportView of(Report report) {
            return new ReportView(
                    report.id(),
                    report.tenant().toString(),
                    report.state(),
                    new MomentView(report.from(), report.fromInstant()),
                    new MomentView(report.to(), report.toInstant()),
                    report.counts(),
                    report.items(),
                    report.millis(),
                    report.createdAt(),
                    report.reason());
        }
    }

    /** One page of a report's items. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ItemPageView(
            List<ReportItem> items, @Nullable String next) {}
}
