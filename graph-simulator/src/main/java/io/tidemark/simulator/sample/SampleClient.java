package io.tidemark.simulator.sample;

import io.tidemark.simulator.tenant.ClientRegistration;
import java.util.Set;

/**
 * An application of the tenant that calls Graph with an identity of its own.
 *
 * @param name what it is called everywhere
 * @param clientId its appId
 * @param secret what it proves itself with
 * @param applicationId the object id of the application
 * @param servicePrincipalId the object id of the service principal
 * @param permissions application permissions it was granted
 */
public record SampleClient(
        String name,
        String clientId,
        String secret,
        String applicationId,
        String servicePrincipalId,
        Set<String> permissions) {

    public SampleClient {
        permissions = Set.copyOf(permissions);
    }

    /** The registration that lets tokens be issued to it. */
    public ClientRegistration registration() {
        return new ClientRegistration(clientId, name, servicePrincipalId, secret, null, null, permissions);
    }

    @Override
    public String toString() {
        return "SampleClient[name=" + name + ", clientId=" + clientId + "]";
    }
}
