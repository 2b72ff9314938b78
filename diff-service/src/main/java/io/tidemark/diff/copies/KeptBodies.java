package io.tidemark.diff.copies;

import io.tidemark.contracts.BodyClaim;
import io.tidemark.contracts.ObjectState;
import io.tidemark.diff.upstream.SnapshotService;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TaskException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Lets states whose bodies are too large for a message go with a claim instead. The bodies are left with snapshot-service, which keeps those of
 * captures for good: so the topic can be replayed into a store that has lost everything, whoever published the states.
 */
@ApplicationScoped
class KeptBodies {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SUCCESS = 200;
    private static final int REDIRECT = 300;
    private static final int REFUSED = 400;
    private static final int FAILED = 500;

    private final SnapshotService snapshotService;

    KeptBodies(SnapshotService snapshotService) {
        this.snapshotService = snapshotService;
    }

    /**
     * The state as it can be published; its body is kept before this returns.
     *
     * @throws TaskException if the body is not taken
     * @throws InterruptedTaskException if it could not be left there this time
     */
    ObjectState claimedIfLarge(ObjectState state) {
        return state.claimedIfLarge(json -> keep(state.tenantId(), json));
    }

    private BodyClaim keep(String tenant, byte[] json) {
        BodyClaim claim = BodyClaim.of(json);
        int status;
        try {
            status = snapshotService
                    .send(
                            SnapshotService.pathOf(tenant, claim),
                            PATIENCE,
                            request -> request.header("Content-Type", "application/json")
                                    .PUT(BodyPublishers.ofByteArray(json)),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new InterruptedTaskException("snapshot-service could not be reached to keep a large body", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedTaskException("interrupted while a large body was being kept", e);
        }
        if (status >= REFUSED && status < FAILED) {
            throw new TaskException(
                    "snapshot-service does not keep a body of " + json.length + " bytes: status " + status);
        }
        if (status < SUCCESS || status >= REDIRECT) {
            throw new InterruptedTaskException("snapshot-service did not keep a large body: status " + status);
        }
        return claim;
    }
}
