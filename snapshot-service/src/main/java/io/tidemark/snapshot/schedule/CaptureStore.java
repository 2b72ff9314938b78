package io.tidemark.snapshot.schedule;

import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where captures are kept: those that wait or run apart from those that have ended. */
interface CaptureStore {

    /** Adds a capture that waits. Does nothing if it is there already, waiting, running or ended. */
    void add(Capture queued);

    /** What waits or runs, of all tenants, and what has ended but not been {@link #drop dropped}; oldest first. */
    List<Capture> pending();

    /** Notes that a waiting capture runs. */
    void start(Capture running);

    /** Notes how far it has come, if it still runs. */
    void comeOn(Capture running);

    /** Notes that a capture which was to run waits again. */
    void holdBack(Capture queued);

    /** Notes how a capture ended. It stays pending until {@link #drop}, so that its end is told to the others at least once. */
    void end(Capture ended);

    /** Takes an ended capture from those that are pending. */
    void drop(Capture ended);

    Optional<Capture> find(TenantId tenant, String captureId);

    /** How the capture ended; empty if it has not, or is not known. */
    Optional<Capture> findEnded(TenantId tenant, String captureId);

    /** Captures, newest first, beginning after the one with that id if one is named. */
    List<Capture> list(TenantId tenant, int limit, Optional<String> after);

    /** Notes that everything that the capture counted is stored. Does nothing if the capture is not known. */
    void seal(TenantId tenant, String captureId);

    /** Forgets ended captures beyond the newest so many, pinned ones excepted. */
    void thin(TenantId tenant, int keep);

    /** When the named thing was last due; empty if never. */
    Optional<Instant> lastDue(TenantId tenant, String name);

    void noteDue(TenantId tenant, String name, Instant due);
}
