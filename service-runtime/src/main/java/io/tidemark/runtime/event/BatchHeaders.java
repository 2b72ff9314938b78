package io.tidemark.runtime.event;

import io.tidemark.contracts.Event;
import io.tidemark.contracts.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The record headers of the events of one batch. Seven of nine are the same from one event to the next, and are made once. */
final class BatchHeaders {

    private record Made(String text, Header header) {}

    private final Map<String, Made> last = new HashMap<>();

    Headers of(Event<?> event) {
        Headers headers = new RecordHeaders();
        MessageCodec.headers(event, (name, text) -> headers.add(header(name, text)));
        return headers;
    }

    private Header header(String name, String text) {
        Made known = last.get(name);
        if (known == null || !known.text.equals(text)) {
            known = new Made(text, new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8)));
            last.put(name, known);
        }
        return known.header;
    }
}
