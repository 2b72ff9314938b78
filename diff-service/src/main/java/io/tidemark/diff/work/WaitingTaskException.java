package io.tidemark.diff.work;

/** A task that has to wait for another one. It is taken up again, and that does not count as an attempt. The text holds nothing personal. */
public class WaitingTaskException extends RuntimeException {

    public WaitingTaskException(String message) {
        super(message);
    }
}
