package io.tidemark.diff.report;

/** A report that cannot be built. The message says why, to whoever asked for the report, and holds nothing personal. */
public class ReportException extends RuntimeException {

    public ReportException(String message) {
        super(message);
    }

    public ReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
