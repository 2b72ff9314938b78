package io.tidemark.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantSeed;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be steered of a whole simulator. */
public interface Controls {

    /** A tenant by id or domain. */
    @Nullable
    Tenant tenant(String name);

    /** Adds a tenant with this content. */
    Tenant addTenant(UUID id, TenantSeed content);

    /** Sets how long new access tokens live. */
    void accessTokenLife(Duration life);

    /** Sets how long tokens of pages and of deltas live. */
    void linkLife(Duration pages, Duration deltas);

    /** Makes a client's present access tokens worthless: Graph answers them with a claims challenge. */
    void revoke(String clientId);

    /** Makes a client the identity of the machine that asks without naming one. */
    void managedIdentity(String clientId);

    /** Says which keys an issuer of federated assertions has. */
    void trustIssuer(String issuer, JsonNode keySet);
}
