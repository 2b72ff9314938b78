package io.tidemark.snapshot.http;

import io.smallrye.common.annotation.Blocking;
import io.tidemark.contracts.BodyClaim;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.runtime.problem.ProblemException;
import io.tidemark.snapshot.publish.LargeBodies;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Keeps bodies that are too large for a message, and hands them out to whoever holds a claim on one. */
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
        return bodies.find(known(tenant), sha256)
                .orElseThrow(() -> ProblemException.notFound("body-unknown", "no body is kept under this hash"));
    }

    /** Keeps a body that another service publishes a claim on. Its name is its digest, so nothing that is kept can be replaced. */
    @PUT
    @Path("{sha256}")
    @Consumes(MediaType.APPLICATION_JSON)
    public void keep(@PathParam("tenant") String tenant, @PathParam("sha256") String sha256, byte[] json) {
        TenantId owner = known(tenant);
        if (json.length == 0 || !ContentHash.of(json).hex().equals(sha256)) {
            throw ProblemException.badRequest("body-altered", "the body is not the one that its name says");
        }
        BodyClaim unused = bodies.keep(owner, json);
    }

    private static TenantId known(String tenant) {
        try {
            return TenantId.parse(tenant);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("tenant-malformed", "tenant must be a GUID");
        }
    }
}
