package io.tidemark.contracts;

import io.tidemark.directory.canonical.ContentHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A message with its envelope (CloudEvents 1.0, binary mode on Kafka).
 *
 * @param id the same for the same content, however often it is sent
 * @param type what it is
 * @param source {@code /tenants/<tenant>/<service>}
 * @param subject {@code <type>/<id>} of what it is about
 * @param time when it happened
 * @param key the record key
 * @param correlationId what binds events together, if anything
 * @param data the payload
 */
public record Event<T>(
        String id,
        EventType type,
        String source,
        String subject,
        Instant time,
        String key,
        @Nullable String correlationId,
        T data) {

    private static final int ID_BYTES = 16;

    public Event {
        if (key.isBlank()) {
            throw new ContractException("event of type " + type + " has no key");
        }
        if (!type.payload().isInstance(data)) {
            throw new ContractException(
                    "event of type " + type + " cannot carry " + data.getClass().getSimpleName());
        }
    }

    /** An id made from what identifies the event: 32 hexadecimal digits. */
    public static String idOf(String... parts) {
        byte[] hash = ContentHash.sha256(String.join("\u001f", parts).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }
}
