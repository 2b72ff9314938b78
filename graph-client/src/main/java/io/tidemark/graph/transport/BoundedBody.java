package io.tidemark.graph.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A body that may neither be endless nor drip for ever: an answer that only drips never falls silent. */
final class BoundedBody extends FilterInputStream {

    private final int largest;
    private final Instant deadline;
    private final Clock clock;
    private final Duration patience;
    private long size;

    BoundedBody(InputStream in, int largest, Instant deadline, Clock clock, Duration patience) {
        super(in);
        this.largest = largest;
        this.deadline = deadline;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        counted(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        int count = super.read(into, from, most);
        counted(Math.max(count, 0));
        return count;
    }

    private void counted(int more) throws IOException {
        size += more;
        if (size > largest) {
            throw new IOException("the answer is larger than " + largest + " bytes");
        }
        if (clock.instant().isAfter(deadline)) {
            throw new IOException("the answer dripped for longer than " + patience);
        }
    }
}
