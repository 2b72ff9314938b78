package io.tidemark.localstack.operator;

import io.tidemark.localstack.StackException;

/** A request was refused, or something did not finish in time. The message names the path and the answer. */
public final class OperatorException extends StackException {

    private static final long serialVersionUID = 1L;

    OperatorException(String message) {
        super(message);
    }

    OperatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
