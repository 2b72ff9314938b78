package io.tidemark.graph.write;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.GraphError;
import io.tidemark.graph.transport.GraphException;
import java.time.Duration;
import java.util.Optional;

/** What is known of one change after it was sent. */
public sealed interface WriteResult {

    /**
     * Graph says that it is done. Readers may still see the old state for a while.
     *
     * @param status the HTTP status
     * @param requestId Graph's id of the request; empty text if it gave none
     * @param body what Graph sent back, such as the created object; empty if nothing
     */
    record Done(int status, String requestId, Optional<JsonObject> body) implements WriteResult {

        /** The id of the object that was created or restored. */
        public Optional<ObjectId> createdId() {
            return body.flatMap(object -> object.findString("id")).map(ObjectId::new);
        }

        /** Names the status only: bodies hold personal data. */
        @Override
        public String toString() {
            return "done status=" + status;
        }
    }

    /**
     * Graph refused it; it is not done, and sending it again as it is helps only where the cause passes by itself.
     *
     * @param status the HTTP status
     * @param reason the kind of refusal
     * @param error Graph's code and what can be repeated of its text
     * @param requestId Graph's id of the request; empty text if it gave none
     */
    record Refused(int status, GraphException.Reason reason, GraphError error, String requestId)
            implements WriteResult {

        public String code() {
            return error.code();
        }
    }

    /**
     * Too many requests; it is surely not done.
     *
     * @param retryAfter how long Graph wants us to stay away; zero if it did not say. The lane waits by itself.
     */
    record Throttled(Duration retryAfter) implements WriteResult {}

    /** It never reached Graph, so it is surely not done. */
    record NotSent(GraphException.Reason reason) implements WriteResult {}

    /**
     * Nobody knows whether it is done: read to find out, and never send it again before.
     *
     * @param status the HTTP status, such as 504; 0 if there was no answer
     * @param requestId Graph's id of the request; empty text if it gave none
     */
    record Unknown(int status, String requestId) implements WriteResult {}
}
