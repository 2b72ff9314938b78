package io.tidemark.audit.translate;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit log, taken out of whatever brought it.
 *
 * @param id the entry's own id: the same from Graph and from Event Hubs
 * @param occurredAt when it happened
 * @param logged the entry as Graph shapes it
 * @param callerAddress where the call came from, if the envelope says so
 */
public record AuditEntry(
        String id,
        Instant occurredAt,
        JsonObject logged,
        @Nullable String callerAddress) {

    /**
     * Reads an entry as Graph lists it.
     *
     * @throws IllegalArgumentException if it has no id or no time
     */
    public static AuditEntry ofGraph(JsonObject entry) {
        return of(entry, null);
    }

    /**
     * Reads an entry as it comes through Event Hubs.
     *
     * @throws IllegalArgumentException if it holds no entry, or one without an id or a time
     */
    public static AuditEntry ofEventHub(JsonObject envelope) {
        JsonValue properties = envelope.find("properties")
                .orElseThrow(() -> new IllegalArgumentException("audit record has no properties"));
        JsonObject entry;
        if (properties instanceof JsonString text) {
            entry = JsonText.parseObject(text.value());
        } else if (properties instanceof JsonObject object) {
            entry = object;
        } else {
            throw new IllegalArgumentException("properties of the audit record are no object");
        }
        return of(entry, envelope.findString("callerIpAddress").orElse(null));
    }

    private static AuditEntry of(JsonObject entry, @Nullable String callerAddress) {
        String id = entry.findString("id")
                .filter(text -> !text.isBlank() && text.indexOf('|') < 0)
                .orElseThrow(() -> new IllegalArgumentException("audit entry has no usable id"));
        String time = entry.findString("activityDateTime")
                .orElseThrow(() -> new IllegalArgumentException("audit entry has no activityDateTime"));
        return new AuditEntry(id, LoggedTime.parse(time), entry, callerAddress);
    }

    /** Names the entry only: what it says may be personal data. */
    @Override
    public String toString() {
        return id;
    }
}
