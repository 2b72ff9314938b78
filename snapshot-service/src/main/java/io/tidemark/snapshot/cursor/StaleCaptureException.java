package io.tidemark.snapshot.cursor;

/** Another capture of the same tenant has begun since: this one must stop and remember nothing. */
public class StaleCaptureException extends RuntimeException {

    public StaleCaptureException(String message) {
        super(message);
    }
}
