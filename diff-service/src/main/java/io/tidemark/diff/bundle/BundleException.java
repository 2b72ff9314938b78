package io.tidemark.diff.bundle;

import io.tidemark.diff.work.TaskException;

/** A bundle that is altered, cut off or not to be trusted. The text names the file, and the line where one can be named; never its content. */
public class BundleException extends TaskException {

    public BundleException(String message) {
        super(message);
    }

    public BundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
