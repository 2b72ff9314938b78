package io.tidemark.restore.guard;

import io.tidemark.restore.plan.RestorePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the guard says of a plan.
 *
 * @param plan the plan, with the steps blocked that must not be sent
 * @param refusal why the whole plan is refused; null if it is not
 * @param secondPerson why somebody else than the requester has to approve it; empty if nobody has to
 * @param warnings what the approver should know
 */
public record Verdict(RestorePlan plan, @Nullable String refusal, List<String> secondPerson, List<String> warnings) {

    public Verdict {
        secondPerson = List.copyOf(secondPerson);
        warnings = List.copyOf(warnings);
    }
}
