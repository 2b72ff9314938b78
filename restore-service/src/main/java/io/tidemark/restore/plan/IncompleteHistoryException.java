package io.tidemark.restore.plan;

/** History did not answer, or not to the end, so that nothing may be planned from what it said. */
public class IncompleteHistoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public IncompleteHistoryException(String message) {
        super(message);
    }

    public IncompleteHistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
