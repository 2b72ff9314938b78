package io.tidemark.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How a restore is done.
 *
 * @param created what becomes of objects that did not exist at the baseline; they are kept by default
 * @param conflict what becomes of a value that changed again after the plan was made
 * @param conditionalAccessState in which state Conditional Access policies come back; report-only by default
 * @param recreate whether purged objects are created anew, with a new id
 * @param maxObjects the plan is refused if it touches more objects; 0: no limit
 */
public record RestoreOptions(
        Created created, Conflict conflict, PolicyState conditionalAccessState, boolean recreate, int maxObjects) {

    public static final RestoreOptions DEFAULTS =
            new RestoreOptions(Created.KEEP, Conflict.SKIP, PolicyState.REPORT_ONLY, true, 0);

    public RestoreOptions {
        created = created == null ? Created.KEEP : created;
        conflict = conflict == null ? Conflict.SKIP : conflict;
        conditionalAccessState = conditionalAccessState == null ? PolicyState.REPORT_ONLY : conditionalAccessState;
    }

    /** The options as a message has them; what it leaves out is as in {@link #DEFAULTS}. */
    @JsonCreator
    static RestoreOptions of(
            @JsonProperty("created") @Nullable Created created,
            @JsonProperty("conflict") @Nullable Conflict conflict,
            @JsonProperty("conditionalAccessState") @Nullable PolicyState conditionalAccessState,
            @JsonProperty("recreate") @Nullable Boolean recreate,
            @JsonProperty("maxObjects") @Nullable Integer maxObjects) {
        return new RestoreOptions(
                created == null ? DEFAULTS.created : created,
                conflict == null ? DEFAULTS.conflict : conflict,
                conditionalAccessState == null ? DEFAULTS.conditionalAccessState : conditionalAccessState,
                recreate == null ? DEFAULTS.recreate : recreate,
                maxObjects == null ? DEFAULTS.maxObjects : maxObjects);
    }

    /** What becomes of objects made since the baseline. */
    public enum Created {
        KEEP,
        SOFT_DELETE
    }

    /** What becomes of a step whose object changed after the plan was made. */
    public enum Conflict {
        SKIP,
        OVERWRITE,
        FAIL
    }

    /** In which state Conditional Access policies come back. */
    public enum PolicyState {
        REPORT_ONLY,
        AS_RECORDED
    }
}
