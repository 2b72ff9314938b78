package io.tidemark.diff.work;

/** A task that cannot be done, however often it is tried. The text says why and holds nothing personal. */
public class TaskException extends RuntimeException {

    public TaskException(String message) {
        super(message);
    }

    public TaskException(String message, Throwable cause) {
        super(message, cause);
    }
}
