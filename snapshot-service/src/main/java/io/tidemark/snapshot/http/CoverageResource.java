package io.tidemark.snapshot.http;

import io.smallrye.common.annotation.Blocking;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import io.tidemark.snapshot.capture.Tenants;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Tells before the disaster what would not come back, and what the granted permissions hide. */
@Path("/api/v1/coverage")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class CoverageResource {

    private final Tenants tenants;

    CoverageResource(Tenants tenants) {
        this.tenants = tenants;
    }

    @GET
    public CoverageView show(@QueryParam("tenant") @Nullable String tenantId) {
        TenantId tenant = known(tenantId);
        return tenants.grantedPermissions(tenant)
                .map(granted -> CoverageView.of(tenant, granted, tenants.newerProperties(tenant)))
                .orElseThrow(() -> ProblemException.conflict(
                        "permissions-unknown",
                        "nobody gives us a token for the tenant, so what it permits is unknown"));
    }

    private TenantId known(@Nullable String tenantId) {
        if (tenantId == null || tenantId.isBlank()) {
            if (tenants.all().size() == 1) {
                return tenants.all().iterator().next();
            }
            throw ProblemException.badRequest("tenant-missing", "there are several tenants: name one as ?tenant=");
        }
        TenantId tenant = TenantId.parse(tenantId);
        if (!tenants.all().contains(tenant)) {
            throw ProblemException.notFound("unknown-tenant", "tenant " + tenant + " is not configured");
        }
        return tenant;
    }
}
