package io.tidemark.runtime.event;

/** The broker did not acknowledge every event. What was sent may or may not be there; sending it all again is harmless. */
public class PublishException extends RuntimeException {

    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
