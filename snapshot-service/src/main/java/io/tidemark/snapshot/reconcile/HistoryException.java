package io.tidemark.snapshot.reconcile;

/** The history could not be asked. The message says why and holds nothing personal. */
public class HistoryException extends RuntimeException {

    public HistoryException(String message) {
        super(message);
    }

    public HistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
