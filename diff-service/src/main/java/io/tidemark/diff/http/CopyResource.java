package io.tidemark.diff.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.diff.copies.Copies;
import io.tidemark.diff.copies.Exports;
import io.tidemark.diff.copies.Imports;
import io.tidemark.diff.seal.SnapshotStore;
import io.tidemark.diff.work.Task;
import io.tidemark.diff.work.Task.Progress;
import io.tidemark.diff.work.Tasks;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Takes orders for copies of snapshots outside and for their way back. */
@Path("/api/v1/tenants/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
class CopyResource {

    private final Copies copies;
    private final Tasks tasks;
    private final SnapshotStore snapshots;

    CopyResource(Copies copies, Tasks tasks, SnapshotStore snapshots) {
        this.copies = copies;
        this.tasks = tasks;
        this.snapshots = snapshots;
    }

    /** Where a snapshot is to be copied to. */
    public record ExportOrder(@Nullable String target) {}

    /** Which bundle is to be brought back, and from where. */
    public record ImportOrder(
            @Nullable String target, @Nullable String snapshot) {}

    /** A copy or its way back, as shown. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CopyView(
            String id,
            String tenantId,
            String snapshotId,
            String target,
            Task.State state,
            Progress progress,
            int attempts,
            Exports.@Nullable Result copied,
            Imports.@Nullable Result imported,
            @Nullable String reason,
            Instant createdAt,
            @Nullable Instant endedAt) {

        static CopyView of(Task task) {
            boolean export = task.kind().equals(Exports.FORM.kind());
            return new CopyView(
                    task.id(),
                    task.tenant().toString(),
                    task.subject(),
                    export
                            ? Exports.FORM.order(task).target()
                            : Imports.FORM.order(task).target(),
                    task.state(),
                    task.progress(),
                    task.attempts(),
                    export ? Exports.FORM.result(task) : null,
                    export ? null : Imports.FORM.result(task),
                    task.reason(),
                    task.createdAt(),
                    task.endedAt());
        }
    }

    /** Copies, newest first. */
    public record CopiesView(List<CopyView> copies) {}

    /** The places that are configured for a tenant. */
    public record PlacesView(List<Copies.Place> targets) {}

    /** The snapshots of which a place has a bundle. */
    public record BundlesView(String target, List<String> snapshots) {}

    @GET
    @Path("/copies/targets")
    public PlacesView places(@RestPath String tenant) {
        return new PlacesView(copies.places(Requests.tenant(tenant)));
    }

    @GET
    @Path("/copies/bundles")
    public BundlesView bundles(@RestPath String tenant, @QueryParam("target") @Nullable String target) {
        String named = required("target", target);
        return new BundlesView(named, copies.bundles(Requests.tenant(tenant), named));
    }

    @POST
    @Path("/snapshots/{snapshot}/exports")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response export(@RestPath String tenant, @RestPath String snapshot, @Nullable ExportOrder order) {
        TenantId owner = Requests.tenant(tenant);
        var known = snapshots.fetch(owner, snapshot);
        Task task = copies.export(known, required("target", order == null ? null : order.target()));
        return accepted(task, "/snapshots/" + snapshot + "/exports/");
    }

    @GET
    @Path("/snapshots/{snapshot}/exports")
    public CopiesView exports(
            @RestPath String tenant, @RestPath String snapshot, @QueryParam("limit") @DefaultValue("50") int limit) {
        return new CopiesView(
                tasks.list(Requests.tenant(tenant), Exports.FORM.kind(), snapshot, Requests.limit(limit)).stream()
                        .map(CopyView::of)
                        .toList());
    }

    @GET
    @Path("/snapshots/{snapshot}/exports/{id}")
    public CopyView export(@RestPath String tenant, @RestPath String snapshot, @RestPath String id) {
        return tasks.find(Requests.tenant(tenant), Exports.FORM.kind(), id)
                .filter(task -> task.subject().equals(snapshot))
                .map(CopyView::of)
                .orElseThrow(() -> ProblemException.notFound("unknown-export", "the copy is not known"));
    }

    @POST
    @Path("/copies/imports")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response restore(@RestPath String tenant, @Nullable ImportOrder order) {
        Task task = copies.restore(
                Requests.tenant(tenant),
                required("target", order == null ? null : order.target()),
                required("snapshot", order == null ? null : order.snapshot()));
        return accepted(task, "/copies/imports/");
    }

    @GET
    @Path("/copies/imports")
    public CopiesView imports(@RestPath String tenant, @QueryParam("limit") @DefaultValue("50") int limit) {
        return new CopiesView(
                tasks.list(Requests.tenant(tenant), Imports.FORM.kind(), null, Requests.limit(limit)).stream()
                        .map(CopyView::of)
                        .toList());
    }

    @GET
    @Path("/copies/imports/{id}")
    public CopyView restored(@RestPath String tenant, @RestPath String id) {
        return tasks.find(Requests.tenant(tenant), Imports.FORM.kind(), id)
                .map(CopyView::of)
                .orElseThrow(() -> ProblemException.notFound("unknown-import", "the import is not known"));
    }

    private static String required(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ProblemException.badRequest(name + "-missing", "'" + name + "' must be given");
        }
        return value;
    }

    private static Response accepted(Task task, String path) {
        return Response.accepted(CopyView.of(task))
                .location(URI.create("/api/v1/tenants/" + task.tenant() + path + task.id()))
                .build();
    }
}
