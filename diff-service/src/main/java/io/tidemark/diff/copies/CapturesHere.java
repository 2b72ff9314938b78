package io.tidemark.diff.copies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.contracts.MessageCodec;
import io.tidemark.diff.upstream.SnapshotService;
import io.tidemark.diff.work.InterruptedTaskException;
import io.tidemark.diff.work.TaskException;
import io.tidemark.diff.work.Turn;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Refuses bundles of tenants that are captured here. What a capture has published may be on its way still when nothing of it is in the history,
 * so snapshot-service is asked. It begins no capture while a bundle waits or is taken in, and notes that one runs before it asks for that: so
 * one of the two sees the other, whatever happens at the same moment.
 */
@ApplicationScoped
class CapturesHere {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int UNKNOWN = 404;
    private static final int MOST = 500;

    /** A capture that has only been noted and is held back waits again by then. */
    private static final int LOOKS = 20;

    private static final String WAY_OUT =
            ": take bundles into a Tidemark whose captures were off from its start (full, incremental and on-change)";

    private final SnapshotService snapshotService;

    CapturesHere(SnapshotService snapshotService) {
        this.snapshotService = snapshotService;
    }

    /**
     * Returns if nothing of the tenant was captured here.
     *
     * @throws TaskException if something was, or may have been
     * @throws InterruptedTaskException if nobody tells
     */
    void refuse(Turn turn) {
        TenantId tenant = turn.task().tenant();
        for (int look = 1; isAnyRunning(tenant); look++) {
            if (look == LOOKS) {
                throw new TaskException("a capture of the tenant is running" + WAY_OUT);
            }
            turn.pause();
        }
    }

    private boolean isAnyRunning(TenantId tenant) {
        boolean running = false;
        for (JsonNode capture : captures(tenant)) {
            String state = capture.path("state").asText();
            if (state.equals("RUNNING")) {
                running = true;
            } else if (!state.equals("QUEUED") && mayHavePublished(capture)) {
                throw new TaskException("the tenant was captured here already" + WAY_OUT);
            }
        }
        return running;
    }

    /** One that broke off has no counts, so nobody knows; what is present, although nothing has changed, was published by one before it. */
    private static boolean mayHavePublished(JsonNode capture) {
        long states = 0;
        for (JsonNode type : capture.path("types")) {
            states += type.path("published").asLong() + type.path("present").asLong();
        }
        return capture.path("types").isEmpty() || states > 0;
    }

    private JsonNode captures(TenantId tenant) {
        try {
            HttpResponse<String> answer = snapshotService.send(
                    "/api/v1/tenants/" + tenant + "/captures?limit=" + MOST,
                    PATIENCE,
                    request -> request,
                    BodyHandlers.ofString());
            if (answer.statusCode() == UNKNOWN) {
                return MessageCodec.mapper().createArrayNode();
            }
            if (answer.statusCode() != OK) {
                throw new InterruptedTaskException(
                        "snapshot-service did not tell what was captured: status " + answer.statusCode());
            }
            return MessageCodec.mapper().readTree(answer.body()).path("captures");
        } catch (JsonProcessingException e) {
            throw new InterruptedTaskException(
                    "snapshot-service told what was captured as something that is no JSON", e);
        } catch (IOException e) {
            throw new InterruptedTaskException("snapshot-service could not be asked what was captured", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedTaskException("interrupted while asking what was captured", e);
        }
    }
}
