package io.tidemark.audit.http;

import io.smallrye.common.annotation.Blocking;
import io.tidemark.audit.source.IngestionState;
import io.tidemark.audit.source.PollSchedule;
import io.tidemark.audit.source.WatermarkStore;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Ingestion of the audit log: how far it is, and a poll now. */
@Path("/api/v1/tenants/{tenant}/ingestion")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class IngestionResource {

    private final WatermarkStore watermarks;
    private final PollSchedule schedule;
    private final Clock clock;

    IngestionResource(WatermarkStore watermarks, PollSchedule schedule, Clock clock) {
        this.watermarks = watermarks;
        this.schedule = schedule;
        this.clock = clock;
    }

    @GET
    public IngestionView find(@PathParam("tenant") String tenant) {
        TenantId id = known(tenant);
        IngestionState state = watermarks.find(id);
        List<IngestionState.Coverage> coverage = state.coverage();
        Long lag = coverage.isEmpty()
                ? null
                : Duration.between(coverage.get(coverage.size() - 1).to(), clock.instant())
                        .toSeconds();
        return new IngestionView(
                id.toString(), state.watermark(), coverage, state.gaps(), state.lastPollAt(), state.events(), lag);
    }

    @POST
    @Path("poll")
    public Response poll(@PathParam("tenant") String tenant) {
        TenantId id = known(tenant);
        schedule.pollNow(id);
        return Response.accepted()
                .location(URI.create("/api/v1/tenants/" + id + "/ingestion"))
                .build();
    }

    private TenantId known(String tenant) {
        TenantId id = TenantId.parse(tenant);
        if (!schedule.knows(id)) {
            throw ProblemException.notFound("unknown-tenant", "no such tenant is configured");
        }
        return id;
    }
}
