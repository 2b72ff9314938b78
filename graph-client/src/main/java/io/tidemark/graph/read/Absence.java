package io.tidemark.graph.read;

import io.tidemark.graph.transport.GraphException;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns "not found" into emptiness. */
final class Absence {

    private Absence() {}

    static <T> Optional<T> asEmpty(Supplier<T> fetch) {
        try {
            return Optional.of(fetch.get());
        } catch (GraphException e) {
            if (e.reason() == GraphException.Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
