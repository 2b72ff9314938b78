package io.tidemark.diff.history;

/** Part of the history is not as it was written, so that what was asked for cannot be told. The text says which, and holds nothing personal. */
public class DamagedHistoryException extends RuntimeException {

    public DamagedHistoryException(String message) {
        super(message);
    }
}
