package io.tidemark.restore.execute;

import io.tidemark.restore.plan.RestoreStep;
import org.jspecify.annotations.Nullable;

/** What a look at the tenant says of a step before it is sent. */
sealed interface Finding {

    /**
     * It is to be sent.
     *
     * @param step what to send, in the ids that things have now
     * @param narrowed the same in the baseline's ids where it is less than was planned; null where it is all of it
     * @param note why it is less
     */
    record Send(
            RestoreStep step,
            @Nullable RestoreStep narrowed,
            @Nullable String note) implements Finding {}

    /** The tenant is as the step wants it. */
    record Already() implements Finding {}

    /** What the step creates is there under this id. */
    record Found(String id, @Nullable String appId) implements Finding {}

    /** Somebody changed it again since the plan was made. */
    record Changed(String reason) implements Finding {}

    /** What the step writes to is not there, or not yet. */
    record Missing(String reason) implements Finding {}
}
