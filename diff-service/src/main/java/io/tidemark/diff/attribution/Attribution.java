package io.tidemark.diff.attribution;

import io.tidemark.contracts.ChangeRecorded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The event that caused a difference, as far as the audit log tells.
 *
 * @param event the event; null if there is none
 * @param grade how sure that is
 * @param paths the properties it caused to differ; none if it is about the object as a whole or a link
 */
public record Attribution(@Nullable ChangeRecorded event, Grade grade, List<String> paths) {

    static final Attribution NONE = new Attribution(null, Grade.NONE, List.of());

    public Attribution {
        paths = List.copyOf(paths);
    }

    Attribution withPaths(List<String> newPaths) {
        return new Attribution(event, grade, newPaths);
    }
}
