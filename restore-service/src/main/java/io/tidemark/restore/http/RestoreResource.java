package io.tidemark.restore.http;

import io.tidemark.contracts.Event;
import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreDecision;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.Selection;
import io.tidemark.directory.TenantId;
import io.tidemark.restore.http.RestoreViews.Decision;
import io.tidemark.restore.http.RestoreViews.Points;
import io.tidemark.restore.http.RestoreViews.Request;
import io.tidemark.restore.http.RestoreViews.RestoreView;
import io.tidemark.restore.http.RestoreViews.Restores;
import io.tidemark.restore.http.RestoreViews.StepView;
import io.tidemark.restore.http.RestoreViews.Steps;
import io.tidemark.restore.intake.RestoreDesk;
import io.tidemark.restore.journal.NoteStore;
import io.tidemark.restore.journal.NoteStore.Notes;
import io.tidemark.restore.journal.RestoreJob;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepState;
import io.tidemark.restore.journal.StepStore;
import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks for restores, shows their plans, takes decisions and tells how far they are. */
@Path("/api/v1/tenants/{tenant}/restores")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class RestoreResource {

    private static final int MOST = 1_000;
    private static final int CHUNK = 500;

    private final RestoreDesk desk;
    private final StepStore steps;
    private final NoteStore notes;

    RestoreResource(RestoreDesk desk, StepStore steps, NoteStore notes) {
        this.desk = desk;
        this.steps = steps;
        this.notes = notes;
    }

    @POST
    public Response submit(
            @PathParam("tenant") String tenant,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable Request request) {
        TenantId id = TenantId.parse(tenant);
        Request asked = given(request);
        String commandId = asked.commandId() == null ? newId(id, key, "restore") : asked.commandId();
        RestoreCommand command = new RestoreCommand(
                id.toString(),
                commandId,
                given(asked.requestedBy(), "requestedBy"),
                asked.reason(),
                given(asked.baseline(), "baseline"),
                asked.selection() == null ? Selection.ALL : asked.selection(),
                asked.options() == null ? RestoreOptions.DEFAULTS : asked.options(),
                asked.expiresAt());
        return accepted(desk.submit(command));
    }

    @GET
    public Restores list(@PathParam("tenant") String tenant, @QueryParam("limit") @DefaultValue("50") int limit) {
        List<RestoreView> views = desk.list(TenantId.parse(tenant), Math.max(1, Math.min(limit, MOST))).stream()
                .map(job -> RestoreViews.view(job, List.of(), List.of()))
                .toList();
        return new Restores(views);
    }

    @GET
    @Path("/{id}")
    public RestoreView find(@PathParam("tenant") String tenant, @PathParam("id") String id) {
        return view(desk.of(TenantId.parse(tenant), id));
    }

    @GET
    @Path("/{id}/steps")
    public Steps steps(
            @PathParam("tenant") String tenant,
            @PathParam("id") String id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("cursor") @DefaultValue("0") int cursor) {
        RestoreJob job = desk.of(TenantId.parse(tenant), id);
        @Nullable StepState wanted = state == null ? null : StepState.valueOf(state.toUpperCase(Locale.ROOT));
        int most = Math.max(1, Math.min(limit, MOST));
        List<StepView> views = new ArrayList<>();
        int at = Math.max(0, cursor);
        while (at < job.stepCount() && views.size() < most) {
            int to = Math.min(at + CHUNK, job.stepCount());
            for (StepEntry entry : steps.read(id, at, to)) {
                if (views.size() < most) {
                    at = entry.number() + 1;
                    if (wanted == null || entry.state() == wanted) {
                        views.add(StepView.of(entry));
                    }
                }
            }
        }
        return new Steps(views, at < job.stepCount() ? Integer.toString(at) : null);
    }

    @GET
    @Path("/{id}/leftovers")
    public Points leftovers(
            @PathParam("tenant") String tenant,
            @PathParam("id") String id,
            @QueryParam("limit") @DefaultValue("1000") int limit,
            @QueryParam("cursor") @DefaultValue("0") int cursor) {
        return points(tenant, id, Notes.LEFT_OVER, limit, cursor);
    }

    @GET
    @Path("/{id}/open-points")
    public Points openPoints(
            @PathParam("tenant") String tenant,
            @PathParam("id") String id,
            @QueryParam("limit") @DefaultValue("1000") int limit,
            @QueryParam("cursor") @DefaultValue("0") int cursor) {
        return points(tenant, id, Notes.ANNOUNCED, limit, cursor);
    }

    @POST
    @Path("/{id}/approve")
    public RestoreView approve(
            @PathParam("tenant") String tenant, @PathParam("id") String id, @Nullable Decision decision) {
        return view(desk.approve(TenantId.parse(tenant), decision(tenant, id, decision)));
    }

    @POST
    @Path("/{id}/execute")
    public Response execute(
            @PathParam("tenant") String tenant, @PathParam("id") String id, @Nullable Decision decision) {
        return accepted(desk.execute(TenantId.parse(tenant), decision(tenant, id, decision)));
    }

    @POST
    @Path("/{id}/cancel")
    public Response cancel(
            @PathParam("tenant") String tenant, @PathParam("id") String id, @Nullable Decision decision) {
        return accepted(desk.cancel(TenantId.parse(tenant), decision(tenant, id, decision)));
    }

    @POST
    @Path("/{id}/pause")
    public Response pause(@PathParam("tenant") String tenant, @PathParam("id") String id, @Nullable Decision decision) {
        return accepted(desk.pause(TenantId.parse(tenant), decision(tenant, id, decision)));
    }

    @POST
    @Path("/{id}/resume")
    public Response resume(
            @PathParam("tenant") String tenant, @PathParam("id") String id, @Nullable Decision decision) {
        return accepted(desk.resume(TenantId.parse(tenant), decision(tenant, id, decision)));
    }

    @POST
    @Path("/{id}/undo")
    public Response undo(
            @PathParam("tenant") String tenant,
            @PathParam("id") String id,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable Decision decision) {
        TenantId owner = TenantId.parse(tenant);
        return accepted(desk.undo(owner, id, decision(tenant, id, decision), newId(owner, key, "undo/" + id)));
    }

    private Points points(String tenant, String id, Notes which, int limit, int cursor) {
        RestoreJob job = desk.of(TenantId.parse(tenant), id);
        List<OpenPoint> all = notes.points(job.id(), which);
        int from = Math.min(Math.max(0, cursor), all.size());
        int to = Math.min(from + Math.max(1, Math.min(limit, MOST)), all.size());
        return new Points(RestoreViews.points(all.subList(from, to)), to < all.size() ? Integer.toString(to) : null);
    }

    private RestoreView view(RestoreJob job) {
        List<OpenPoint> announced = job.plan() == null ? List.of() : notes.points(job.id(), Notes.ANNOUNCED);
        List<OpenPoint> leftovers =
                job.times().writtenAt() == null ? List.of() : notes.points(job.id(), Notes.LEFT_OVER);
        return RestoreViews.view(job, announced, leftovers);
    }

    private Response accepted(RestoreJob job) {
        URI location = URI.create("/api/v1/tenants/" + job.command().tenantId() + "/restores/" + job.id());
        return Response.accepted(view(job)).location(location).build();
    }

    private static RestoreDecision decision(String tenant, String id, @Nullable Decision decision) {
        Decision taken = given(decision);
        return new RestoreDecision(
                TenantId.parse(tenant).toString(),
                id,
                given(taken.decidedBy(), "decidedBy"),
                taken.planHash(),
                taken.reason());
    }

    private static String newId(TenantId tenant, @Nullable String key, String what) {
        return key == null || key.isBlank() ? RestoreDesk.newId() : Event.idOf(tenant.toString(), what, key);
    }

    private static <T> T given(@Nullable T body) {
        if (body == null) {
            throw ProblemException.badRequest("missing-body", "a JSON body must be given");
        }
        return body;
    }

    private static String given(@Nullable String text, String name) {
        if (text == null || text.isBlank()) {
            throw ProblemException.badRequest("missing-field", "'" + name + "' must be given");
        }
        return text;
    }
}
