package io.tidemark.snapshot.capture;

/** What was read cannot be true of any tenant. The message names the place and holds nothing of the content. */
public class UnreadableTenantException extends RuntimeException {

    public UnreadableTenantException(String message) {
        super(message);
    }
}
