package io.tidemark.diff.history;

import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of an object or link, from the moment it was first seen so.
 *
 * @param mark when, and what
 * @param body the properties as read, as JSON text so that nothing is lost; null when deleted
 * @param captureId the capture that read it
 * @param causedBy ids of the audit events that caused the read
 */
public record Version(Mark mark, @Nullable String body, String captureId, List<String> causedBy) {

    public Version {
        causedBy = List.copyOf(causedBy);
    }

    static Version of(ObjectState state) {
        JsonObject body = state.deleted() == null ? state.body() : null;
        @Nullable BodyText text = body == null ? null : BodyText.of(body);
        return new Version(
                new Mark(state.observedAt(), Mark.hash(state), state.deleted(), text == null ? null : text.sum()),
                text == null ? null : text.text(),
                state.captureId(),
                state.causedBy());
    }

    public boolean isPresent() {
        return mark.isPresent();
    }

    /** The properties; empty when deleted. */
    public JsonObject properties() {
        return body == null ? JsonObject.EMPTY : JsonText.parseObject(body);
    }

    /** Names the moment only: the body may be personal data. */
    @Override
    public String toString() {
        return "Version[" + mark + "]";
    }
}
