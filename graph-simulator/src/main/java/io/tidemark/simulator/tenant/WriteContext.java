package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One state-changing request: who, when, how; and what came of it. */
public final class WriteContext {

    private final Caller caller;
    private final Instant time;
    private final Origin origin;
    private final List<Effect> effects = new ArrayList<>();
    private final ObjectNode revealed = Json.object();
    private int status = 204;

    /**
     * How a request came in.
     *
     * @param method the HTTP method
     * @param path the path with its query
     * @param clientRequestId what the client called the request
     * @param requestId what the server called it
     * @param address the client's address
     * @param userAgent the client's product
     * @param bodyHash SHA-256 of the body, hex
     */
    public record Origin(
            String method,
            String path,
            @Nullable String clientRequestId,
            String requestId,
            String address,
            @Nullable String userAgent,
            String bodyHash) {}

    /** A request that has not changed anything yet. */
    public WriteContext(Caller caller, Instant time, Origin origin) {
        this.caller = caller;
        this.time = time;
        this.origin = origin;
    }

    /** Who asks. */
    public Caller caller() {
        return caller;
    }

    /** When. */
    public Instant time() {
        return time;
    }

    /** How it came in. */
    public Origin origin() {
        return origin;
    }

    /** What it changed. */
    public List<Effect> effects() {
        return effects;
    }

    /** Secrets that the answer tells this one time. */
    public ObjectNode revealed() {
        return revealed;
    }

    /** The status that it is answered with. */
    public int status() {
        return status;
    }

    /** Sets the status that it is answered with. */
    public void answer(int newStatus) {
        status = newStatus;
    }
}
