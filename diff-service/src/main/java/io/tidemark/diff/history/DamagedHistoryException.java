package io.tidemark.diff.history;

import io.tidemark.runtime.problem.ProblemException;

/** Part of the history is not as it was written, so that what was asked for cannot be told. The text says which, and holds nothing personal. */
public class DamagedHistoryException extends ProblemException {

    private static final int CONFLICT = 409;

    public DamagedHistoryException(String message) {
        super(CONFLICT, "history-damaged", message);
    }
}
