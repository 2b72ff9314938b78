package io.tidemark.restore.journal;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where restores are kept. A restore is put in once, and every change is a compare-and-set on its version. */
public interface JobStore {

    /** Puts a restore in. If there already is one of that id, that one comes back and nothing is changed. */
    RestoreJob putOnce(RestoreJob job);

    Optional<RestoreJob> find(String commandId);

    /** The newest restores of a tenant. */
    List<RestoreJob> list(String tenantId, int limit);

    /** The restores for which a worker has something to do, in the order in which they were asked for. */
    List<RestoreJob> actionable();

    /** The restores that wait for a decision. */
    List<RestoreJob> undecided();

    /** The restores with something in their outbox. */
    List<RestoreJob> untold();

    /**
     * Changes a restore. The change is made on what is there, again if somebody else was quicker.
     *
     * @param change what to make of it; it may throw to leave it alone
     * @return the changed restore
     */
    RestoreJob change(String commandId, UnaryOperator<RestoreJob> change);
}
