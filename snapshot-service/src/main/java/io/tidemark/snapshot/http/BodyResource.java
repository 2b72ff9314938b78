package io.tidemark.snapshot.http;

import io.smallrye.common.annotation.Blocking;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import io.tidemark.snapshot.publish.LargeBodies;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Hands out bodies that were too large for a message to whoever holds a claim on one. */
@Path("/api/v1/tenants/{tenant}/bodies")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class BodyResource {

    private final LargeBodies bodies;

    BodyResource(LargeBodies bodies) {
        this.bodies = bodies;
    }

    @GET
    @Path("{sha256}")
    public byte[] body(@PathParam("tenant") String tenant, @PathParam("sha256") String sha256) {
        TenantId known;
        try {
            known = TenantId.parse(tenant);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("tenant-malformed", "tenant must be a GUID");
        }
        return bodies.find(known, sha256)
                .orElseThrow(() -> ProblemException.notFound("body-unknown", "no body is kept under this hash"));
    }
}
