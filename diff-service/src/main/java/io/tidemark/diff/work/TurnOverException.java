package io.tidemark.diff.work;

/** The turn is over before the work is: the service stops, or another worker has taken it over. That says nothing of the work. */
public final class TurnOverException extends RuntimeException {

    public TurnOverException(String message) {
        super(message);
    }
}
