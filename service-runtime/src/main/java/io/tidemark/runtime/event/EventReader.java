package io.tidemark.runtime.event;

import io.tidemark.contracts.ContractException;
import io.tidemark.contracts.Event;
import io.tidemark.contracts.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads events from records. */
public final class EventReader {

    private EventReader() {}

    /**
     * Reads one event.
     *
     * @throws ContractException if the record does not keep to the contract
     */
    public static Event<?> read(ConsumerRecord<String, byte[]> received) {
        if (received.key() == null || received.value() == null) {
            throw new ContractException("record has no " + (received.key() == null ? "key" : "value"));
        }
        Map<String, String> headers = new HashMap<>();
        for (Header header : received.headers()) {
            if (header.value() != null && MessageCodec.isRead(header.key())) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return MessageCodec.read(received.key(), headers, received.value());
    }
}
