package io.tidemark.graph.transport;

import java.time.Duration;
import java.util.Optional;

/** Graph did not do what was asked, or nobody knows whether it did. The message never carries a property's value. */
public final class GraphException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** There is no such object, or it cannot be seen yet. */
        NOT_FOUND,
        /** A delta token has expired or was reset: read everything again. */
        GONE,
        /** A page's token has expired: start the listing again. */
        EXPIRED_PAGE,
        /** Still too many requests after all patience; surely not done. */
        THROTTLED,
        /** The application lacks a permission or a role. */
        FORBIDDEN,
        /** Graph or the authority does not accept who we are. */
        UNAUTHORIZED,
        /** In conflict with the object's state; a concurrent change. */
        CONFLICT,
        /** Graph refuses the request as it is. */
        BAD_REQUEST,
        /** Graph does not have this, or not here. */
        NOT_IMPLEMENTED,
        /** Graph is not there, or not well; a change was surely not done only if {@link GraphException#notSent()}. */
        UNAVAILABLE,
        /** The answer is no answer: cut off, HTML, an error that calls itself success. */
        BAD_ANSWER,
        /** A change may or may not have been done: read to find out. */
        OUTCOME_UNKNOWN,
        /** The thread was told to stop before the request was sent. */
        CANCELLED;

        /** What status and body say of a request that Graph refused. */
        public static Reason of(int status, GraphError error) {
            return status == 400 && error.isForWantOfIt() ? NOT_IMPLEMENTED : ofStatus(status);
        }

        /** What a status says of a request that Graph refused. */
        public static Reason ofStatus(int status) {
            return switch (status) {
                case 401 -> UNAUTHORIZED;
                case 403 -> FORBIDDEN;
                case 404 -> NOT_FOUND;
                case 409, 412, 423 -> CONFLICT;
                case 410 -> GONE;
                case 429 -> THROTTLED;
                case 405, 501 -> NOT_IMPLEMENTED;
                default -> status < 400 ? BAD_ANSWER : BAD_REQUEST;
            };
        }
    }

    private final Reason reason;
    private final int status;
    private final transient GraphError error;
    private final String requestId;
    private final transient Optional<Duration> retryAfter;
    private final boolean notSent;

    GraphException(
            Reason reason,
            GraphRequest request,
            int status,
            GraphError error,
            String requestId,
            Optional<Duration> retryAfter,
            boolean notSent,
            Optional<? extends Throwable> cause) {
        super(message(reason, request, status, error, requestId), cause.orElse(null));
        this.reason = reason;
        this.status = status;
        this.error = error;
        this.requestId = requestId;
        this.retryAfter = retryAfter;
        this.notSent = notSent;
    }

    GraphException(Reason reason, String message) {
        super(message);
        this.reason = reason;
        this.status = 0;
        this.error = GraphError.NONE;
        this.requestId = "";
        this.retryAfter = Optional.empty();
        this.notSent = true;
    }

    /** For a thread that was told to stop while it waited for an answer to a read. */
    public static GraphException cancelled() {
        return new GraphException(Reason.CANCELLED, "interrupted while reading from Graph");
    }

    /** For an answer that came whole and yet says nothing that can be understood. */
    public static GraphException unreadable(String what) {
        return new GraphException(Reason.BAD_ANSWER, what);
    }

    /** For a part of a batch that Graph refused to read. */
    public static GraphException refused(Batch.Part part, Batch.Answer answer) {
        GraphError error = answer.body().map(GraphError::of).orElse(GraphError.NONE);
        return new GraphException(
                Reason.of(answer.status(), error),
                GraphRequest.get(part.url()),
                answer.status(),
                error,
                answer.requestId(),
                answer.retryAfter(),
                false,
                Optional.empty());
    }

    public Reason reason() {
        return reason;
    }

    /** The HTTP status; 0 if there was no answer. */
    public int status() {
        return status;
    }

    /** Graph's error code; empty text if there is none. */
    public String code() {
        return error.code();
    }

    public GraphError error() {
        return error;
    }

    /** Graph's own id of the request; empty text if there is none. */
    public String requestId() {
        return requestId;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether the request surely never reached Graph. */
    public boolean notSent() {
        return notSent;
    }

    private static String message(Reason reason, GraphRequest request, int status, GraphError error, String requestId) {
        StringBuilder text = new StringBuilder(request + " failed reason=" + reason + " status=" + status);
        if (!error.code().isEmpty()) {
            text.append(" code=").append(error.code());
        }
        error.known()
                .ifPresent(
                        sentence -> text.append(" saying=\"").append(sentence).append('"'));
        if (!requestId.isEmpty()) {
            text.append(" requestId=").append(requestId);
        }
        return text.toString();
    }
}
