package io.tidemark.diff.seal;

import io.tidemark.diff.history.DamagedHistoryException;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where snapshots are kept. A snapshot whose state is final never changes back. */
public interface SnapshotStore {

    /** Notes a capture that has begun, with its acceptance if it has one; does nothing if it is known. */
    void begin(Snapshot pending);

    /**
     * Notes that a capture has ended, unless its end is known. The snapshot is listed as {@linkplain #pending() pending}, even one that is
     * known not to be whole: operators have to hear of it.
     */
    void end(Snapshot snapshot);

    Optional<Snapshot> find(TenantId tenant, String id);

    /**
     * A snapshot that requests name.
     *
     * @throws ProblemException if it is not known or was dropped
     */
    default Snapshot fetch(TenantId tenant, String id) {
        return find(tenant, id)
                .orElseThrow(() -> findDropped(tenant, id)
                        .map(DroppedSnapshot::gone)
                        .orElseGet(() ->
                                ProblemException.notFound("unknown-snapshot", "snapshot " + id + " is not known")));
    }

    /** What is left of a snapshot that was dropped. */
    Optional<DroppedSnapshot> findDropped(TenantId tenant, String id);

    /** A tenant's snapshots, newest first. */
    Page list(TenantId tenant, int limit, @Nullable String cursor);

    /** Snapshots whose capture has ended and that are not settled and announced yet. */
    List<Snapshot> pending();

    /** Gives a pending snapshot its final state; a second attempt does nothing. */
    void settle(Snapshot snapshot);

    /** Counts that a pending snapshot could not be examined, and says how often that was so. */
    int stumbled(Snapshot snapshot);

    /** Takes a settled snapshot off the pending ones. */
    void announced(Snapshot snapshot);

    /** Notes that an operator takes a suspect snapshot to be good; a snapshot that was accepted before keeps its first acceptance. */
    void accept(TenantId tenant, String id, Snapshot.Acceptance acceptance);

    /** Changes what a snapshot is called and whether retention must leave it alone; what is null stays, whoever changes it meanwhile. */
    void remark(TenantId tenant, String id, @Nullable String label, @Nullable Boolean pinned);

    /** The ids of the tenant's suspect snapshots that nobody has accepted, in no order. */
    List<String> doubted(TenantId tenant);

    /** The tenants that have a {@linkplain #lastTrusted trusted} snapshot. */
    List<TenantId> trustedTenants();

    /**
     * Shows a tenant's snapshots whose captures began before a moment, earliest first and at most so many.
     *
     * @throws DamagedHistoryException if one cannot be read
     */
    void eachBefore(TenantId tenant, Instant startedBefore, int limit, Consumer<Snapshot> consumer);

    /**
     * Drops a snapshot, at once and for good, unless it was pinned meanwhile; a second attempt does nothing.
     *
     * @return whether it is dropped now
     */
    boolean drop(TenantId tenant, DroppedSnapshot dropped);

    /** The last full snapshot of the tenant that was sealed and not suspect, or accepted. */
    Optional<Snapshot> lastTrusted(TenantId tenant);

    /** Snapshots of one page, with where the next begins. */
    record Page(List<Snapshot> snapshots, @Nullable String next) {
        public Page {
            snapshots = List.copyOf(snapshots);
        }
    }
}
