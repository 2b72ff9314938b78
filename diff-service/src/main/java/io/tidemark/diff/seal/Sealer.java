package io.tidemark.diff.seal;

import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.diff.history.HistoryStore;
import io.tidemark.diff.history.HistoryStore.KeyMarks;
import io.tidemark.diff.history.Mark;
import io.tidemark.diff.history.Version;
import io.tidemark.diff.seal.Snapshot.State;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides whether everything that a capture counted is stored. */
@ApplicationScoped
public class Sealer {

    private static final double PERCENT = 100.0;

    private final HistoryStore history;
    private final AccountStore accounts;
    private final SnapshotStore snapshots;
    private final SealConfig config;
    private final Clock clock;

    public Sealer(
            HistoryStore history, AccountStore accounts, SnapshotStore snapshots, SealConfig config, Clock clock) {
        this.history = history;
        this.accounts = accounts;
        this.snapshots = snapshots;
        this.config = config;
        this.clock = clock;
    }

    /** The snapshot in the state that it deserves now; {@code PENDING} while states are still to come. */
    public Snapshot examine(Snapshot snapshot) {
        Instant instant = snapshot.instant();
        if (snapshot.state() != State.PENDING || instant == null) {
            return snapshot;
        }
        Map<String, SetDigest> stored = accounts.total(snapshot.tenant(), snapshot.id());
        List<String> missing = missing(snapshot.capture().types(), stored);
        if (!missing.isEmpty()) {
            return waiting(snapshot, missing);
        }
        // More records than states: something was sent twice. Only what is stored can then say whether it is whole.
        boolean exact = snapshot.capture().types().stream().allMatch(type -> isExact(type, stored));
        if (snapshot.isFull() || !exact) {
            List<String> wrong = wrong(snapshot, instant);
            if (!wrong.isEmpty()) {
                return snapshot.withState(State.INCOMPLETE, Snapshot.MISMATCH + ": " + String.join("; ", wrong));
            }
        }
        return snapshot.sealed(suspicions(snapshot), clock.instant());
    }

    private Snapshot waiting(Snapshot snapshot, List<String> missing) {
        boolean givenUp = snapshot.notedAt().plus(config.patience()).isBefore(clock.instant());
        return givenUp
                ? snapshot.withState(
                        State.INCOMPLETE,
                        "not all states arrived within " + config.patience() + ": " + String.join("; ", missing))
                : snapshot;
    }

    private static List<String> missing(List<TypeCount> types, Map<String, SetDigest> stored) {
        List<String> missing = new ArrayList<>();
        for (TypeCount type : types) {
            long count = stored.getOrDefault(type.type(), SetDigest.EMPTY).count();
            if (count < type.published()) {
                missing.add(type.type() + " " + count + " of " + type.published());
            }
        }
        return missing;
    }

    private static boolean isExact(TypeCount type, Map<String, SetDigest> stored) {
        SetDigest sum = stored.getOrDefault(type.type(), SetDigest.EMPTY);
        return sum.count() == type.published() && (sum.count() == 0 || sum.hex().equals(type.publishedDigest()));
    }

    private List<String> wrong(Snapshot snapshot, Instant instant) {
        Map<String, SetDigest> present = present(snapshot.tenant(), instant);
        List<String> wrong = new ArrayList<>();
        for (TypeCount type : snapshot.capture().types()) {
            SetDigest sum = present.getOrDefault(type.type(), SetDigest.EMPTY);
            if (!type.outcome().isAccountedFor()) {
                continue;
            }
            if (sum.count() != type.present()) {
                wrong.add(type.type() + " has " + sum.count() + " stored, " + type.present() + " captured");
            } else if (sum.count() > 0 && !sum.hex().equals(type.presentDigest())) {
                wrong.add(type.type() + " has other contents");
            }
        }
        return wrong;
    }

    private Map<String, SetDigest> present(TenantId tenant, Instant instant) {
        Map<String, SetDigest> present = new HashMap<>();
        history.scan(tenant, known -> {
            @Nullable String hash = hashAt(tenant, known, instant);
            if (hash != null) {
                StateKey key = known.key();
                present.merge(key.type(), SetDigest.EMPTY.plus(key, new ContentHash(hash)), SetDigest::plus);
            }
        });
        return present;
    }

    private @Nullable String hashAt(TenantId tenant, KeyMarks known, Instant instant) {
        List<Mark> marks = known.marks();
        for (int i = marks.size() - 1; i >= 0; i--) {
            if (!marks.get(i).at().isAfter(instant)) {
                return marks.get(i).hash();
            }
        }
        if (known.hasOlder()) {
            @Nullable
            Version older =
                    history.supersededAt(tenant, List.of(known.key()), instant).get(known.key());
            return older == null ? null : older.mark().hash();
        }
        return null;
    }

    private List<String> suspicions(Snapshot snapshot) {
        if (!snapshot.isFull()) {
            return snapshot.suspect();
        }
        Map<String, Long> before =
                snapshots.lastTrusted(snapshot.tenant()).map(Snapshot::counts).orElse(Map.of());
        Map<String, Long> now = snapshot.counts();
        List<String> suspicions = new ArrayList<>(snapshot.suspect());
        new TreeMap<>(before).forEach((type, count) -> {
            long lost = count - now.getOrDefault(type, 0L);
            if (lost >= config.suspectAtLeast() && lost > count * config.suspectShrink()) {
                suspicions.add(type + " shrank from " + count + " to " + (count - lost) + ", by "
                        + Math.round(PERCENT * lost / count) + " %");
            }
        });
        return suspicions;
    }
}
