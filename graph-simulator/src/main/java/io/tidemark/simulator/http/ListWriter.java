package io.tidemark.simulator.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.simulator.entity.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON into memory. */
final class ListWriter {

    private ListWriter() {}

    /** Something that is written as JSON. */
    interface Part {
        void to(JsonGenerator out) throws IOException;
    }

    static byte[] bytes(Part part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator out = Json.mapper().createGenerator(bytes)) {
            part.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
