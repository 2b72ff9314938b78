package io.tidemark.snapshot.capture;

/** The capture may not go on: its lease is lost or the service is ending. Its successor reads again. */
public class CaptureStoppedException extends RuntimeException {

    public CaptureStoppedException(String message) {
        super(message);
    }
}
