package io.tidemark.localstack;

/** The stack cannot be started or a part of it died. The message is one sentence that an operator can act on. */
public class StackException extends RuntimeException {

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
