package io.tidemark.diff.work;

import java.util.Arrays;

/** Says of an error that nobody foresaw what it was and where, and nothing of its text: that may quote what was being worked on. */
public final class Unforeseen {

    private static final String OURS = "io.tidemark.";

    private Unforeseen() {}

    /** A reason that an operator can act on. */
    public static String reason(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String what = error.getClass().getSimpleName();
        String cause = root == error ? "" : ", caused by " + root.getClass().getSimpleName();
        return "an unforeseen " + what + cause + where(error) + "; the service's log of that time says more";
    }

    private static String where(Throwable error) {
        return Arrays.stream(error.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame -> " in "
                        + frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1) + "."
                        + frame.getMethodName())
                .orElse("");
    }
}
