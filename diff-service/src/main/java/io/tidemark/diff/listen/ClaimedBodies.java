package io.tidemark.diff.listen;

import io.tidemark.contracts.BodyClaim;
import io.tidemark.contracts.ContractException;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Fetches bodies that were too large for a message from the service that sent it. */
@ApplicationScoped
class ClaimedBodies {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI snapshotService;

    ClaimedBodies(
            @ConfigProperty(name = "tidemark.services.snapshot-url", defaultValue = "http://127.0.0.1:8081")
                    URI snapshotService) {
        this.snapshotService = snapshotService;
    }

    /**
     * The state with its body.
     *
     * @throws ContractException if the sender has no such body, or not that one
     * @throws IllegalStateException if the sender cannot be asked now
     */
    ObjectState redeem(ObjectState state) {
        BodyClaim claim = state.claim();
        if (claim == null) {
            return state;
        }
        byte[] json = fetch(state.tenantId(), claim);
        if (json.length != claim.bytes() || !ContentHash.of(json).hex().equals(claim.sha256())) {
            throw new ContractException("body claimed under " + claim.sha256() + " is not the one that was sent");
        }
        if (JsonText.parse(json) instanceof JsonObject body) {
            return state.redeemed(body);
        }
        throw new ContractException("body claimed under " + claim.sha256() + " is no JSON object");
    }

    private byte[] fetch(String tenant, BodyClaim claim) {
        URI address = snapshotService.resolve("/api/v1/tenants/" + tenant + "/bodies/" + claim.sha256());
        try {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            if (answer.statusCode() == 404) {
                throw new ContractException("snapshot-service has no body under " + claim.sha256());
            }
            throw new IllegalStateException("snapshot-service did not hand out a body: status " + answer.statusCode());
        } catch (IOException e) {
            throw new IllegalStateException("snapshot-service could not be reached for a body", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while fetching a body", e);
        }
    }
}
