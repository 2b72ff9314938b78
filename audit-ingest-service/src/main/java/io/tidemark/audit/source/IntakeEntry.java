package io.tidemark.audit.source;

import io.tidemark.audit.translate.AuditEntry;
import io.tidemark.contracts.AuditRaw.Source;
import io.tidemark.directory.json.JsonObject;

/**
 * An entry on its way in.
 *
 * @param entry what was read of it
 * @param raw what came, untouched
 * @param source where it came from
 */
record IntakeEntry(AuditEntry entry, JsonObject raw, Source source) {

    static IntakeEntry ofGraph(JsonObject raw) {
        return new IntakeEntry(AuditEntry.ofGraph(raw), raw, Source.GRAPH);
    }

    static IntakeEntry ofEventHub(JsonObject raw) {
        return new IntakeEntry(AuditEntry.ofEventHub(raw), raw, Source.EVENT_HUBS);
    }

    String id() {
        return entry.id();
    }
}
