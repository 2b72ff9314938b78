package io.tidemark.diff.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.contracts.ChangeRecorded.Actor;
import io.tidemark.diff.compare.Action;
import io.tidemark.diff.http.ReportViews.ItemPageView;
import io.tidemark.diff.http.ReportViews.ReportOrder;
import io.tidemark.diff.http.ReportViews.ReportView;
import io.tidemark.diff.moment.Moment;
import io.tidemark.diff.report.CsvExport;
import io.tidemark.diff.report.Report;
import io.tidemark.diff.report.ReportItem;
import io.tidemark.diff.report.ReportStore;
import io.tidemark.diff.report.ReportStore.ItemPage;
import io.tidemark.diff.report.ReportStore.Position;
import io.tidemark.diff.report.Reports;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Takes orders for difference reports and shows them. */
@Path("/api/v1/tenants/{tenant}/reports")
@Produces(MediaType.APPLICATION_JSON)
class ReportResource {

    private final Reports reports;
    private final ReportStore store;
    private final ObjectMapper mapper;

    ReportResource(Reports reports, ReportStore store, ObjectMapper mapper) {
        this.reports = reports;
        this.store = store;
        this.mapper = mapper;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response order(
            @RestPath String tenant,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @Nullable ReportOrder order) {
        if (order == null || order.from() == null || order.to() == null) {
            throw ProblemException.badRequest("moments-missing", "'from' and 'to' must be given");
        }
        Report report = reports.order(
                Requests.tenant(tenant),
                new Reports.Order(
                        Moment.parse(order.from()),
                        Moment.parse(order.to()),
                        order.types() == null ? List.of() : order.types(),
                        order.objects() == null ? List.of() : order.objects()),
                idempotencyKey);
        return accepted(report);
    }

    @GET
    @Path("/{id}")
    public ReportView find(@RestPath String tenant, @RestPath String id) {
        return ReportView.of(known(tenant, id));
    }

    /** Looks again for who caused what the report lists; the report stays readable meanwhile. */
    @POST
    @Path("/{id}/refresh-attribution")
    public Response refresh(@RestPath String tenant, @RestPath String id) {
        Report report = ready(tenant, id);
        reports.refresh(report);
        return accepted(report);
    }

    @GET
    @Path("/{id}/items")
    public ItemPageView items(
            @RestPath String tenant,
            @RestPath String id,
            @QueryParam("type") @Nullable String type,
            @QueryParam("action") @Nullable Action action,
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("property") @Nullable String property,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Report report = ready(tenant, id);
        Predicate<ReportItem> filter = item -> (type == null || type.equals(item.type()))
                && (action == null || action == item.action())
                && (actor == null || isCausedBy(item, actor))
                && (property == null || hasProperty(item, property));
        ItemPage page = store.page(report, position(report, cursor), Requests.limit(limit), filter);
        return new ItemPageView(page.items(), page.next() == null ? null : cursor(report, page.next()));
    }

    @GET
    @Path("/{id}/items.ndjson")
    @Produces("application/x-ndjson")
    public Response ndjson(@RestPath String tenant, @RestPath String id) {
        Report report = ready(tenant, id);
        return Response.ok(export(report, "", item -> json(item) + "\n"), "application/x-ndjson")
                .build();
    }

    @GET
    @Path("/{id}/items.csv")
    @Produces("text/csv")
    public Response csv(@RestPath String tenant, @RestPath String id) {
        Report report = ready(tenant, id);
        return Response.ok(export(report, CsvExport.header(), CsvExport::lines), "text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"report-" + report.id() + ".csv\"")
                .build();
    }

    private StreamingOutput export(Report report, String head, Function<ReportItem, String> writing) {
        return output -> {
            Writer writer = Requests.writer(output);
            writer.write(head);
            try {
                store.read(report, Position.START, (position, item) -> {
                    write(writer, writing.apply(item));
                    return true;
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            writer.flush();
        };
    }

    private static void write(Writer writer, String text) {
        try {
            writer.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String json(ReportItem item) {
        try {
            return mapper.writeValueAsString(item);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Report known(String tenant, String id) {
        TenantId owner = Requests.tenant(tenant);
        return reports.find(owner, id)
                .orElseThrow(() -> ProblemException.notFound("unknown-report", "the report is not known"));
    }

    private Report ready(String tenant, String id) {
        Report report = known(tenant, id);
        if (report.state() != Report.State.READY) {
            throw ProblemException.conflict("report-not-ready", "the report is " + report.state());
        }
        return report;
    }

    private static Response accepted(Report report) {
        return Response.accepted(ReportView.of(report))
                .location(URI.create("/api/v1/tenants/" + report.tenant() + "/reports/" + report.id()))
                .build();
    }

    private static boolean isCausedBy(ReportItem item, String actor) {
        return Stream.concat(item.attribution().stream(), item.links().stream().map(ReportItem.ItemLink::attribution))
                .map(ReportItem.ItemAttribution::actor)
                .anyMatch(one -> one != null && isActor(one, actor));
    }

    private static boolean isActor(Actor actor, String wanted) {
        return wanted.equalsIgnoreCase(actor.appId()) || wanted.equalsIgnoreCase(actor.id());
    }

    private static boolean hasProperty(ReportItem item, String property) {
        return item.properties().stream()
                        .anyMatch(
                                one -> one.path().equals(property) || one.path().startsWith(property + "/"))
                || item.links().stream().anyMatch(link -> link.relation().equals(property));
    }

    private static String cursor(Report report, Position position) {
        return report.fence() + "." + position.page() + "." + position.index();
    }

    private static Position position(Report report, @Nullable String cursor) {
        if (cursor == null) {
            return Position.START;
        }
        String[] parts = cursor.split("\\.", -1);
        if (parts.length != 3 || !Stream.of(parts).allMatch(part -> part.matches("\\d{1,9}"))) {
            throw ProblemException.badRequest("invalid-cursor", "'cursor' is not one of ours");
        }
        if (Long.parseLong(parts[0]) != report.fence()) {
            throw new ProblemException(410, "report-rebuilt", "the report was built anew; read it from its start");
        }
        return new Position(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
}
