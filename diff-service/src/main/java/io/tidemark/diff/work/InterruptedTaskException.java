package io.tidemark.diff.work;

/** A task that could not be done this time, for a reason that may pass. The text says why and holds nothing personal. */
public class InterruptedTaskException extends RuntimeException {

    public InterruptedTaskException(String message) {
        super(message);
    }

    public InterruptedTaskException(String message, Throwable cause) {
        super(message, cause);
    }
}
