package io.tidemark.diff.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.directory.StateKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One stored value that is not as it was sealed. Digests only, never the value.
 *
 * @param problem what is wrong with it
 * @param type the type of the object or link; null if it is about neither
 * @param id its id, a document's name or the snapshot's id; null if it is about a whole type
 * @param at the version's moment, if it is about one version
 * @param where which record is wrong: {@code version}, {@code account}, {@code change-log} or {@code snapshot}
 * @param what which part of it: {@code body}, {@code hash}, {@code count} …
 * @param expected what it should be: a digest or a count
 * @param found what it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(
        Problem problem,
        @Nullable String type,
        @Nullable String id,
        @Nullable Instant at,
        String where,
        String what,
        @Nullable String expected,
        @Nullable String found) {

    /** What can be wrong. */
    public enum Problem {
        ALTERED,
        MISSING,
        ADDED,
        UNREADABLE
    }

    /** A digest has 64 digits; what was stored in its place may be anything. */
    private static final int LONGEST = 100;

    public Finding {
        expected = shortened(expected);
        found = shortened(found);
    }

    private static @Nullable String shortened(@Nullable String value) {
        return value == null || value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
    }

    static Finding version(
            Problem problem, StateKey key, Instant at, String what, @Nullable String expected, @Nullable String found) {
        return new Finding(problem, key.type(), key.id(), at, "version", what, expected, found);
    }

    static Finding account(String type, String what, String expected, String found) {
        return new Finding(Problem.ALTERED, type, null, null, "account", what, expected, found);
    }

    static Finding document(Problem problem, String where, String name) {
        return new Finding(problem, null, name, null, where, "document", null, null);
    }
}
