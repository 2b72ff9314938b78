package io.tidemark.diff.retention;

import io.tidemark.diff.history.Retained;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says whether a moment of a tenant can still be asked for. */
@ApplicationScoped
public class Past implements Retained {

    private static final int GONE = 410;

    private final RetentionStore store;
    private final Clock clock;

    Past(RetentionStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Returns if all that was at a moment is kept. Asked after something has been read, it says that what was read was whole: a moment is given up
     * before anything of it is taken away.
     *
     * @throws ProblemException if not; it names the nearest moments that are
     */
    public void require(TenantId tenant, Instant instant) {
        if (!isKept(tenant, instant)) {
            throw thinned(tenant, instant);
        }
    }

    @Override
    public boolean isKept(TenantId tenant, Instant instant) {
        @Nullable Instant since = store.standing(tenant).since();
        return since == null || !instant.isBefore(since) || store.isKept(tenant, instant);
    }

    /** From when on every moment is kept; empty if everything is. */
    public Optional<Instant> since(TenantId tenant) {
        return Optional.ofNullable(store.standing(tenant).since());
    }

    /** Notes that a restore, or a preview of one, is about a moment, which keeps it for a while. */
    public void refer(TenantId tenant, Instant instant) {
        store.refer(tenant, instant, clock.instant());
    }

    private ProblemException thinned(TenantId tenant, Instant instant) {
        Map<String, String> nearest = nearest(tenant, instant);
        return new ProblemException(
                GONE,
                "moment-thinned",
                "what was at " + instant + " has been thinned by retention: every moment is kept since "
                        + nearest.get("keptSince") + ", and before that "
                        + (nearest.containsKey("keptBefore") || nearest.containsKey("keptAfter")
                                ? "single ones, of which the nearest are named here"
                                : "none"),
                nearest);
    }

    /** The nearest moments that are kept, as members of a problem. */
    public Map<String, String> nearest(TenantId tenant, Instant instant) {
        Map<String, String> nearest = new HashMap<>();
        since(tenant).ifPresent(since -> nearest.put("keptSince", since.toString()));
        store.before(tenant, instant).ifPresent(moment -> name("Before", moment, nearest));
        store.after(tenant, instant).ifPresent(moment -> name("After", moment, nearest));
        return nearest;
    }

    private static void name(String where, KeptMoment moment, Map<String, String> nearest) {
        nearest.put("kept" + where, moment.instant().toString());
        if (moment.snapshot() != null) {
            nearest.put("snapshot" + where, moment.snapshot());
        }
    }
}
