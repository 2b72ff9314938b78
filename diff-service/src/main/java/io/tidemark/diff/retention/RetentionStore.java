package io.tidemark.diff.retention;

import io.tidemark.diff.retention.Standing.Leap;
import io.tidemark.diff.retention.Standing.Round;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where it is kept which moments can be asked for. Everything from one moment on, and single moments before it. The one moment only ever moves
 * on, and single ones are only added while they are whole: so whoever reads something, and finds its moment kept afterwards, has read it whole.
 */
interface RetentionStore {

    Standing standing(TenantId tenant);

    /** Notes a look at the clock. */
    void looked(TenantId tenant, Instant at, @Nullable Leap leap);

    /** Moves on from when every moment is kept; never back. */
    void advance(TenantId tenant, Instant since);

    /** Notes how far the time after the last single moment is thinned. */
    void thinned(TenantId tenant, String lastGap);

    void ended(TenantId tenant, Round round);

    /** A single moment, and which time before it has been thinned. */
    record StoredMoment(KeptMoment moment, @Nullable String gap) {}

    /** The single moments, earliest first. */
    List<StoredMoment> moments(TenantId tenant);

    /** Keeps a single moment; what was noted of the time before it stays. */
    void keep(TenantId tenant, KeptMoment moment);

    /** Notes which time before a single moment has been thinned. */
    void thinned(TenantId tenant, Instant moment, String gap);

    /** Keeps a single moment no longer. */
    void release(TenantId tenant, Instant moment);

    boolean isKept(TenantId tenant, Instant moment);

    /** The last single moment before another. */
    Optional<KeptMoment> before(TenantId tenant, Instant moment);

    /** The first single moment after another. */
    Optional<KeptMoment> after(TenantId tenant, Instant moment);

    /** Notes that a restore, or a preview of one, asked for a moment. */
    void refer(TenantId tenant, Instant moment, Instant now);

    /** The moments that restores asked for after a moment; forgets the others. */
    Set<Instant> referred(TenantId tenant, Instant since);
}
