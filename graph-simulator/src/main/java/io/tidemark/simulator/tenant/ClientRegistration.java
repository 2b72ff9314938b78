package io.tidemark.simulator.tenant;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A caller of Graph: an application with credentials, granted application permissions.
 *
 * @param clientId the appId
 * @param displayName what the audit log calls it
 * @param servicePrincipalId the {@code oid} of its tokens; absent: derived from the client id
 * @param secret the client secret; absent: no secret is accepted
 * @param certificateThumbprint SHA-256 of the DER certificate, base64url, with which assertions are signed; absent:
 *     an assertion is accepted when its claims name this client
 * @param federatedIssuer the issuer whose projected tokens are accepted as assertions; absent: any
 * @param permissions names of granted application permissions, as in {@code User.Read.All}
 */
public record ClientRegistration(
        String clientId,
        String displayName,
        @Nullable String servicePrincipalId,
        @Nullable String secret,
        @Nullable String certificateThumbprint,
        @Nullable String federatedIssuer,
        Set<String> permissions) {

    public ClientRegistration {
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(displayName);
        permissions = Set.copyOf(permissions);
    }

    /** A caller that proves itself with a client secret. */
    public static ClientRegistration withSecret(
            String clientId, String displayName, String secret, Set<String> permissions) {
        return new ClientRegistration(clientId, displayName, null, secret, null, null, permissions);
    }

    @Override
    public String toString() {
        return "ClientRegistration[clientId=" + clientId + ", displayName=" + displayName + "]";
    }
}
