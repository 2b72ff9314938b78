package io.tidemark.graph.transport;

import java.io.IOException;
import java.io.InputStream;

/** Makes something of a body while it arrives, for one that is not to be held as a whole. */
@FunctionalInterface
public interface BodyReader<T> {

    /**
     * Reads the body. What comes after its end is not looked at.
     *
     * @throws IOException if it could not be read, or is not what was expected
     */
    T read(InputStream body) throws IOException;
}
