package io.tidemark.snapshot.http;

import io.smallrye.common.annotation.Blocking;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import io.tidemark.snapshot.schedule.Capture;
import io.tidemark.snapshot.schedule.Captures;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Orders captures and shows them. */
@Path("/api/v1/tenants/{tenant}/captures")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class CaptureResource {

    private static final int MOST_TARGETS = 1000;
    private static final int MOST_LISTED = 500;
    private static final int LONGEST_LABEL = 200;

    private final Captures captures;

    CaptureResource(Captures captures) {
        this.captures = captures;
    }

    /** A page of captures, newest first. */
    record CapturePage(List<CaptureView> captures, @Nullable String next) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response order(
            @PathParam("tenant") String tenantId,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Nullable CaptureRequest request) {
        TenantId tenant = known(tenantId);
        if (request == null || request.mode() == null) {
            throw ProblemException.badRequest("mode-missing", "mode must be FULL, INCREMENTAL or TARGETED");
        }
        String label = request.label();
        if (label != null && label.length() > LONGEST_LABEL) {
            throw ProblemException.badRequest("label-too-long", "label has more than " + LONGEST_LABEL + " characters");
        }
        if (request.reconcile() && request.mode() != CaptureMode.FULL) {
            throw ProblemException.badRequest("reconcile-misplaced", "only a full capture can reconcile");
        }
        Capture capture = captures.order(
                tenant,
                request.mode(),
                label,
                request.pin(),
                targets(request),
                request.reconcile(),
                Optional.ofNullable(key).filter(text -> !text.isBlank()));
        return Response.accepted(CaptureView.of(capture))
                .location(URI.create("/api/v1/tenants/" + tenant + "/captures/" + capture.id()))
                .build();
    }

    @GET
    public CapturePage list(
            @PathParam("tenant") String tenantId,
            @QueryParam("limit") @DefaultValue("50") int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TenantId tenant = known(tenantId);
        if (limit < 1 || limit > MOST_LISTED) {
            throw ProblemException.badRequest("limit-out-of-range", "limit must be 1 to " + MOST_LISTED);
        }
        if (cursor != null && captures.find(tenant, cursor).isEmpty()) {
            throw ProblemException.badRequest(
                    "invalid-cursor", "'cursor' is not one of ours, or its capture is no longer kept");
        }
        List<CaptureView> page = captures.list(tenant, limit, Optional.ofNullable(cursor)).stream()
                .map(CaptureView::of)
                .toList();
        String next = page.size() < limit ? null : page.get(page.size() - 1).captureId();
        return new CapturePage(page, next);
    }

    @GET
    @Path("/{capture}")
    public CaptureView show(@PathParam("tenant") String tenantId, @PathParam("capture") String captureId) {
        return captures.find(known(tenantId), captureId)
                .map(CaptureView::of)
                .orElseThrow(() -> ProblemException.notFound("unknown-capture", "the tenant has no such capture"));
    }

    private TenantId known(String tenantId) {
        TenantId tenant = TenantId.parse(tenantId);
        if (!captures.knows(tenant)) {
            throw ProblemException.notFound("unknown-tenant", "tenant " + tenant + " is not configured");
        }
        return tenant;
    }

    private static List<ObjectRef> targets(CaptureRequest request) {
        List<CaptureRequest.Target> objects = request.objects() == null ? List.of() : request.objects();
        boolean targeted = request.mode() == CaptureMode.TARGETED;
        if (targeted == objects.isEmpty()) {
            throw ProblemException.badRequest(
                    "objects-misplaced", "a targeted capture names objects, and only a targeted capture does");
        }
        if (objects.size() > MOST_TARGETS) {
            throw ProblemException.badRequest(
                    "too-many-objects", "a targeted capture names at most " + MOST_TARGETS + " objects");
        }
        return objects.stream().map(CaptureResource::target).toList();
    }

    private static ObjectRef target(CaptureRequest.@Nullable Target target) {
        String type = target == null ? null : target.type();
        String id = target == null ? null : target.id();
        if (type == null || id == null || id.isBlank()) {
            throw ProblemException.badRequest("object-unnamed", "each of 'objects' must have a 'type' and an 'id'");
        }
        return ObjectRef.of(ObjectKind.parse(type), id);
    }
}
