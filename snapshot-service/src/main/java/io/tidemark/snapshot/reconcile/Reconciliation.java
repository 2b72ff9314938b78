package io.tidemark.snapshot.reconcile;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.snapshot.capture.Checkpoint;
import io.tidemark.snapshot.cursor.Known;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.KnownTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Holds what is known of a tenant against its history before a capture reads. Whatever differs becomes doubtful: the capture then
 * publishes what it finds of it, and tells that it is gone where neither a listing nor a second look shows it. Of what it does not read
 * it says nothing, so nothing is told to be gone that was not looked for.
 */
@ApplicationScoped
public class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    /** How many keys pass between two looks whether the capture may go on. */
    private static final int BETWEEN_LOOKS = 10_000;

    private final LiveHistory history;

    public Reconciliation(LiveHistory history) {
        this.history = history;
    }

    /**
     * What a full capture begins with.
     *
     * @param known what is known of its tenant
     * @param lacking why that could not be held against the history although it should have been; empty if it was or need not be
     */
    public record Beginning(KnownStates known, Optional<String> lacking) {}

    /** Why no capture of the tenant may read now; empty if one may, or nobody tells. What a capture published beside a bundle would mix with it. */
    public Optional<String> hindrance(TenantId tenant) {
        return standing(tenant)
                .filter(LiveHistory.Standing::importing)
                .map(importing -> "held back: a bundle of the tenant is being taken in");
    }

    /**
     * Opens what is known and holds it against the history if somebody wants it or the two have certainly come apart.
     *
     * @param wanted whether it was ordered
     * @param opening opens what is known; once more if the history broke off, for half a list is worse than none: it may name what hung on
     *     something and leave out that
     */
    public Beginning begin(TenantId tenant, boolean wanted, Supplier<KnownStates> opening, Checkpoint checkpoint) {
        KnownStates known = opening.get();
        if (!wanted && !isDue(tenant, known)) {
            return new Beginning(known, Optional.empty());
        }
        return compared(tenant, wanted, known, opening, checkpoint);
    }

    /**
     * What an incremental capture begins with. If the history certainly knows more than we do, what changed since we last looked does not say
     * what differs, so the two are held against each other and everything is read.
     */
    public Beginning beginIncremental(TenantId tenant, Supplier<KnownStates> opening, Checkpoint checkpoint) {
        KnownStates known = opening.get();
        if (!standing(tenant).map(standing -> isBehind(standing, known)).orElse(false)) {
            return new Beginning(known, Optional.empty());
        }
        Beginning begun = compared(tenant, false, known, opening, checkpoint);
        for (ObjectKind kind : ObjectKind.values()) {
            begun.known().advance(kind, begun.known().kind(kind).doubted());
        }
        return begun;
    }

    private Beginning compared(
            TenantId tenant, boolean wanted, KnownStates known, Supplier<KnownStates> opening, Checkpoint checkpoint) {
        try {
            long doubted = doubt(tenant, known, checkpoint);
            LOG.infof("history compared tenant=%s ordered=%s doubtful=%d", tenant, wanted, doubted);
            return new Beginning(known, Optional.empty());
        } catch (HistoryException e) {
            LOG.warnf("history not compared tenant=%s ordered=%s reason=%s", tenant, wanted, e.getMessage());
            return new Beginning(
                    opening.get(), Optional.of("not reconciled with the history: " + String.valueOf(e.getMessage())));
        }
    }

    /** Whether the history knows of a later capture than we do, or the last one that was held against it did not fit. */
    private boolean isDue(TenantId tenant, KnownStates known) {
        return standing(tenant)
                .map(standing -> standing.mismatched() || isBehind(standing, known))
                .orElse(false);
    }

    private static boolean isBehind(LiveHistory.Standing standing, KnownStates known) {
        return standing.newest().filter(known.observedUntil()::isBefore).isPresent();
    }

    /** How the history stands; empty if nobody tells. */
    private Optional<LiveHistory.Standing> standing(TenantId tenant) {
        try {
            return Optional.of(history.standing(tenant));
        } catch (HistoryException e) {
            // Reading does not depend on the history. If the two have come apart, the next capture is told.
            LOG.debugf("history not asked tenant=%s reason=%s", tenant, e.getMessage());
            return Optional.empty();
        }
    }

    private long doubt(TenantId tenant, KnownStates known, Checkpoint checkpoint) {
        List<String> types = KnownStates.types();
        Set<String> ours = Set.copyOf(types);
        types.forEach(type -> known.table(type).forgetSeen());
        long[] keys = {0, 0};
        history.eachLive(tenant, (key, hash) -> {
            if (ours.contains(key.type())) {
                KnownTable table = known.table(key.type());
                if (!isKnown(table, key, hash)) {
                    table.doubtful(key);
                    keys[1]++;
                }
                table.see(key);
            }
            if (++keys[0] % BETWEEN_LOOKS == 0) {
                checkpoint.pass();
            }
        });
        for (String type : types) {
            KnownTable table = known.table(type);
            table.eachUnseen(unseen -> unseen.stream().filter(table::isPresent).forEach(key -> {
                table.doubtful(key);
                keys[1]++;
            }));
        }
        return keys[1];
    }

    private static boolean isKnown(KnownTable table, StateKey key, ContentHash hash) {
        Optional<Known> before = table.find(key);
        return before.isPresent()
                && (key.isLink() ? before.get().isPresent() : before.get().isPresentWith(hash));
    }
}
