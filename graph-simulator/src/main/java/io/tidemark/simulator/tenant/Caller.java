package io.tidemark.simulator.tenant;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param tenant whose directory is asked
 * @param appId the application
 * @param appName its display name
 * @param servicePrincipalId the application's object in the tenant
 * @param userId the signed-in user; absent when the application acts for itself
 * @param userPrincipalName the signed-in user's name
 * @param permissions what the token carries
 * @param proofs what the sign-in proved: {@code mfa}, and the ids of authentication contexts
 */
public record Caller(
        UUID tenant,
        String appId,
        String appName,
        String servicePrincipalId,
        @Nullable String userId,
        @Nullable String userPrincipalName,
        Set<String> permissions,
        Set<String> proofs) {

    public Caller {
        permissions = Set.copyOf(permissions);
        proofs = Set.copyOf(proofs);
    }

    /** Whether a user is signed in. */
    public boolean delegated() {
        return userId != null;
    }

    /** The same caller with some permissions less. */
    public Caller without(Set<String> some) {
        Set<String> rest = new HashSet<>(permissions);
        rest.removeAll(some);
        return new Caller(tenant, appId, appName, servicePrincipalId, userId, userPrincipalName, rest, proofs);
    }

    /** The object that acts: the user, else the application's service principal. */
    public String actorId() {
        return userId == null ? servicePrincipalId : userId;
    }

    @Override
    public String toString() {
        return "Caller[appId=" + appId + "]";
    }
}
