package io.tidemark.diff.wanted;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.diff.compare.KeyState.Presence;
import io.tidemark.directory.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one object or link must be for the tenant to be as it was, and what it is as far as history knows.
 *
 * @param type a kind of object or link
 * @param id the object's id, or the link's {@code source~target}
 * @param wanted whether it was there
 * @param hash the wanted content's hash; null if it was not there
 * @param body the wanted properties as read; for a link {@code {"targetType": …}}; null if it was not there
 * @param latest whether it is there
 * @param latestHash the content's hash now; null if it is not there
 * @param name what people call it
 * @param paths the only properties that are meant, if the selection asks for the doings of an actor, a time or a correlation; null if all
 *     are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WantedState(
        String type,
        String id,
        Wanted wanted,
        @Nullable String hash,
        @Nullable JsonObject body,
        Presence latest,
        @Nullable String latestHash,
        @Nullable String name,
        @Nullable List<String> paths) {

    /** Whether something was there at the moment. */
    public enum Wanted {
        PRESENT,
        ABSENT
    }

    /** Names the key only: the rest is personal data. */
    @Override
    public String toString() {
        return wanted + " " + type + "/" + id;
    }
}
