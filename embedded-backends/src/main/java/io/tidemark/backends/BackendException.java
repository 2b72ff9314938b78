package io.tidemark.backends;

/** A broker or database could not be started or prepared; the message names what was wrong in one sentence. */
public final class BackendException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackendException(String message) {
        super(message);
    }

    BackendException(String message, Throwable cause) {
        super(message, cause);
    }
}
