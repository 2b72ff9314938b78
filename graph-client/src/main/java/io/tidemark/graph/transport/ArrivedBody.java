package io.tidemark.graph.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A body that has arrived, in pieces. A page of a thousand objects has megabytes, and one array of that size needs several regions of the heap
 * side by side, which a small heap has no more once it is well filled.
 */
final class ArrivedBody {

    static final ArrivedBody NONE = new ArrivedBody(List.of());

    private static final int PIECE = 64 * 1024;
    private static final int FIRST_PIECE = 8 * 1024;

    private final List<byte[]> pieces;

    private ArrivedBody(List<byte[]> pieces) {
        this.pieces = pieces;
    }

    /** Reads a body to its end. */
    static ArrivedBody of(InputStream arriving) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        int room = FIRST_PIECE;
        int filled = room;
        while (filled == room) {
            room = pieces.isEmpty() ? FIRST_PIECE : PIECE;
            byte[] piece = new byte[room];
            filled = arriving.readNBytes(piece, 0, room);
            if (filled > 0) {
                pieces.add(filled == room ? piece : Arrays.copyOf(piece, filled));
            }
        }
        return new ArrivedBody(pieces);
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** The body from its beginning. */
    InputStream read() {
        return new SequenceInputStream(Collections.enumeration(
                pieces.stream().map(ByteArrayInputStream::new).toList()));
    }
}
