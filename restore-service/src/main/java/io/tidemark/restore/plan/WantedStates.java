package io.tidemark.restore.plan;

import io.tidemark.contracts.Selection;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What history knows of a moment. */
public interface WantedStates {

    /**
     * Hands every selected state that differs between the baseline and now to the sink, and returns the instant that the baseline stands
     * for. Returning at all means that nothing is missing.
     *
     * @throws IncompleteHistoryException if the answer was cut off or refused
     */
    Instant read(TenantId tenant, String baseline, Selection selection, Consumer<WantedState> sink);

    /** How many objects of each kind there were at the baseline, as far as history can tell. */
    Map<ObjectKind, Long> counts(TenantId tenant, String baseline);

    /** The properties of an object as history last saw them; empty if it did not see it or it was deleted. */
    Optional<JsonObject> latest(TenantId tenant, StateKey object);
}
