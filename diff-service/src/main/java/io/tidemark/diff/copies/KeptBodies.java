package io.tidemark.diff.copies;

import io.tidemark.contracts.BodyClaim;
import io.tidemark.contracts.ObjectState;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TaskException;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.TextLength;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets states whose bodies are too large for a message go with a claim instead. The bodies are left with snapshot-service, which keeps those of
 * captures for good: so the topic can be replayed into a store that has lost everything, whoever published the states.
 */
@ApplicationScoped
class KeptBodies {

    /** What captures send without a claim too. */
    private static final int LARGEST_BODY = 256 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SUCCESS = 200;
    private static final int REDIRECT = 300;
    private static final int REFUSED = 400;
    private static final int FAILED = 500;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI snapshotService;

    KeptBodies(
            @ConfigProperty(name = "tidemark.services.snapshot-url", defaultValue = "http://127.0.0.1:8081")
                    URI snapshotService) {
        this.snapshotService = snapshotService;
    }

    /**
     * The state as it can be published; its body is kept before this returns.
     *
     * @throws TaskException if the body is not taken
     * @throws InterruptedTaskException if it could not be left there this time
     */
    ObjectState claimedIfLarge(ObjectState state) {
        JsonObject body = state.body();
        if (body == null || !TextLength.mayExceed(body, LARGEST_BODY)) {
            return state;
        }
        byte[] json = JsonText.bytes(body);
        if (json.length <= LARGEST_BODY) {
            return state;
        }
        BodyClaim claim = new BodyClaim(ContentHash.of(json).hex(), json.length);
        keep(state.tenantId(), claim, json);
        return state.claimed(claim);
    }

    private void keep(String tenant, BodyClaim claim, byte[] json) {
        URI address = snapshotService.resolve("/api/v1/tenants/" + tenant + "/bodies/" + claim.sha256());
        int status;
        try {
            HttpResponse<Void> answer = client.send(
                    HttpRequest.newBuilder(address)
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofByteArray(json))
                            .build(),
                    BodyHandlers.discarding());
            status = answer.statusCode();
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
    }
}
