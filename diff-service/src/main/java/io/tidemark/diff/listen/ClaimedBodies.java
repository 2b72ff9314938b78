package io.tidemark.diff.listen;

import io.tidemark.contracts.BodyClaim;
import io.tidemark.contracts.ContractException;
import io.tidemark.contracts.ObjectState;
import io.tidemark.diff.upstream.SnapshotService;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Fetches bodies that were too large for a message from the service that sent it. */
@ApplicationScoped
class ClaimedBodies {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SnapshotService snapshotService;

    ClaimedBodies(SnapshotService snapshotService) {
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
        if (json.length == 0 || !BodyClaim.of(json).equals(claim)) {
            throw new ContractException("body claimed under " + claim.sha256() + " is not the one that was sent");
        }
        if (JsonText.parse(json) instanceof JsonObject body) {
            return state.redeemed(body);
        }
        throw new ContractException("body claimed under " + claim.sha256() + " is no JSON object");
    }

    private byte[] fetch(String tenant, BodyClaim claim) {
        try {
            HttpResponse<byte[]> answer = snapshotService.send(
                    SnapshotService.pathOf(tenant, claim), PATIENCE, request -> request, BodyHandlers.ofByteArray());
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
