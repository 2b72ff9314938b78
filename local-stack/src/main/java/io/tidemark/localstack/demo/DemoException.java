package io.tidemark.localstack.demo;

import io.tidemark.localstack.StackException;

/** The demonstration cannot go on. The message says what did not happen. */
final class DemoException extends StackException {

    DemoException(String message) {
        super(message);
    }
}
