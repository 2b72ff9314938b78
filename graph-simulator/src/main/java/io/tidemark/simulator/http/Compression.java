package io.tidemark.simulator.http;

import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Bodies that travel compressed. */
final class Compression {

    private static final int WORTH_IT = 2048;
    private static final int LARGEST = 64 << 20;

    private Compression() {}

    /** The body as it was before a client compressed it; one that is broken stays as it is and is no JSON. */
    static byte[] plain(@Nullable String encoding, byte[] body) {
        if (encoding == null || !encoding.trim().equalsIgnoreCase("gzip")) {
            return body;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readNBytes(LARGEST);
        } catch (IOException broken) {
            return body;
        }
    }

    /** The body as it is sent: compressed, and told so, if the client takes that and there is something to save. */
    static byte[] sent(HttpServerRequest request, byte[] body) {
        String accepted = request.getHeader("Accept-Encoding");
        if (body.length < WORTH_IT
                || accepted == null
                || !accepted.toLowerCase(Locale.ROOT).contains("gzip")) {
            return body;
        }
        request.response().putHeader("Content-Encoding", "gzip").putHeader("Vary", "Accept-Encoding");
        ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream out = new Fast(packed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return packed.toByteArray();
    }

    /** Compresses quickly rather than well. */
    private static final class Fast extends GZIPOutputStream {

        Fast(ByteArrayOutputStream out) throws IOException {
            super(out, 1 << 13);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
