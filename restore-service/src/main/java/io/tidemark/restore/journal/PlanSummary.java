package io.tidemark.restore.journal;

import java.util.List;
import java.util.Map;

/**
 * A plan in figures.
 *
 * @param objects how many objects it would write to
 * @param steps how many steps it has, blocked ones among them
 * @param writes how many requests it would send
 * @param byOperation how many of each operation
 * @param open how many points stay open
 * @param conflicts how many of them because something was changed again
 * @param blocked how many of them because of the guard
 * @param secondPerson why somebody else than the requester has to approve
 * @param warnings what the approver should know
 */
public record PlanSummary(
        int objects,
        int steps,
        int writes,
        Map<String, Long> byOperation,
        int open,
        int conflicts,
        int blocked,
        List<String> secondPerson,
        List<String> warnings) {

    public PlanSummary {
        byOperation = byOperation == null ? Map.of() : Map.copyOf(byOperation);
        secondPerson = secondPerson == null ? List.of() : List.copyOf(secondPerson);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
}
