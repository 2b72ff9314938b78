package io.tidemark.restore.journal;

/** Another worker has taken over: this one must stop at once and write nothing more. */
public class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FencedException(String message) {
        super(message);
    }
}
