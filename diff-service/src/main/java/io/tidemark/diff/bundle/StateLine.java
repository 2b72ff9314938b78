package io.tidemark.diff.bundle;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.diff.history.Mark;
import io.tidemark.diff.history.Version;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a bundle: one object or link as the snapshot holds it. Its last member, {@code sum}, is the SHA-256 of everything before it, so
 * that every line can be checked alone.
 *
 * @param key the object or link
 * @param validFrom when it was first seen so
 * @param captureId the capture that read it so
 * @param causedBy ids of the audit events that caused the read
 * @param hash the state's hash; null if it is in the recycle bin
 * @param deleted how far gone it is; null while present
 * @param body the properties; null if it is in the recycle bin
 */
record StateLine(
        StateKey key,
        Instant validFrom,
        String captureId,
        List<String> causedBy,
        @Nullable String hash,
        @Nullable Deletion deleted,
        @Nullable JsonObject body) {

    private static final String SUM = ",\"sum\":\"";
    private static final int SUM_DIGITS = 64;

    StateLine {
        causedBy = List.copyOf(causedBy);
    }

    /** The line without its end, the stored text of the properties as it is. */
    static String text(StateKey key, Version version) {
        Mark mark = version.mark();
        StringBuilder line = new StringBuilder(256);
        line.append("{\"type\":").append(quoted(key.type()));
        line.append(",\"id\":").append(quoted(key.id()));
        line.append(",\"validFrom\":").append(quoted(mark.at().toString()));
        line.append(",\"capture\":").append(quoted(version.captureId()));
        if (!version.causedBy().isEmpty()) {
            line.append(",\"causedBy\":").append(JsonText.text(JsonArray.ofStrings(version.causedBy())));
        }
        if (mark.deleted() != null) {
            line.append(",\"deleted\":").append(quoted(mark.deleted().name()));
        } else {
            line.append(",\"hash\":").append(quoted(String.valueOf(mark.hash())));
            line.append(",\"body\":").append(version.body() == null ? "{}" : version.body());
        }
        String content = line.toString();
        return content + SUM + Sha256.hex(content) + "\"}";
    }

    /**
     * Reads a line and checks its sum.
     *
     * @throws IllegalArgumentException if it is not as it was written; the message says why and holds nothing of it
     */
    static StateLine parse(String line) {
        int cut = line.length() - SUM.length() - SUM_DIGITS - 2;
        if (cut < 0 || !line.startsWith(SUM, cut) || !line.endsWith("\"}")) {
            throw new IllegalArgumentException("does not end with its sum");
        }
        String sum = line.substring(cut + SUM.length(), line.length() - 2);
        if (!Sha256.hex(line.substring(0, cut)).equals(sum)) {
            throw new IllegalArgumentException("has another sum than it says");
        }
        JsonObject read = JsonText.parseObject(line);
        @Nullable String deleted = read.findString("deleted").orElse(null);
        try {
            return new StateLine(
                    new StateKey(text(read, "type"), text(read, "id")),
                    Instant.parse(text(read, "validFrom")),
                    text(read, "capture"),
                    causes(read),
                    deleted == null ? new ContentHash(text(read, "hash")).hex() : null,
                    deleted == null ? null : Deletion.valueOf(deleted),
                    deleted == null ? body(read) : null);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("has no moment", e);
        }
    }

    private static JsonObject body(JsonObject read) {
        if (read.find("body").orElse(null) instanceof JsonObject body) {
            return body;
        }
        throw new IllegalArgumentException("has no body");
    }

    private static String text(JsonObject read, String name) {
        return read.findString(name).orElseThrow(() -> new IllegalArgumentException("has no '" + name + "'"));
    }

    private static List<String> causes(JsonObject read) {
        List<String> causes = new ArrayList<>();
        if (read.find("causedBy").orElse(null) instanceof JsonArray array) {
            array.elements().forEach(element -> {
                if (element instanceof JsonString text) {
                    causes.add(text.value());
                }
            });
        }
        return causes;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }
}
