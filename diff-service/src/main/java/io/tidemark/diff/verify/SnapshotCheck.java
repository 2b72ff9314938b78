package io.tidemark.diff.verify;

import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.diff.history.Mark;
import io.tidemark.diff.history.StoredStates;
import io.tidemark.diff.history.StoredStates.StoredKey;
import io.tidemark.diff.history.StoredStates.StoredName;
import io.tidemark.diff.history.StoredStates.StoredVersion;
import io.tidemark.diff.history.StoredStates.Texts;
import io.tidemark.diff.history.VersionRef;
import io.tidemark.diff.verify.Finding.Problem;
import io.tidemark.diff.verify.Verdict.TypeVerdict;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Goes through all that is stored of one snapshot, in memory that does not grow with the tenant. */
public final class SnapshotCheck {

    private static final int PAGE = 500;
    private static final int BUCKETS_AT_A_TIME = 4096;

    private final StoredStates store;
    private final TenantId tenant;
    private final Instant instant;
    private final VerifyOrder order;
    private final Consumer<Finding> found;
    private final LongConsumer beat;
    private final Tally tally = new Tally();
    private final Balance balance = new Balance();
    private final Set<String> brokenSegments = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private long keys;
    private long texts;
    private long otherForm;
    private long findings;

    /**
     * @param found takes what is found
     * @param beat hears, every few hundred keys, how many have been looked at
     */
    public SnapshotCheck(
            StoredStates store,
            TenantId tenant,
            Instant instant,
            VerifyOrder order,
            Consumer<Finding> found,
            LongConsumer beat) {
        this.store = store;
        this.tenant = tenant;
        this.instant = instant;
        this.order = order;
        this.found = found;
        this.beat = beat;
    }

    /** Compares what is stored with the sealed account. */
    public Verdict against(List<TypeCount> account) {
        eachPage(order.takesEverything() ? Texts.READ : Texts.LEFT_OUT, this::look);
        eachOlder(this::stray, balance::stored);
        boolean witnessed = store.witnesses(
                tenant, instant, witness -> balance.witnessed(witness.key(), witness.mark()), this::broken);
        // A log that cannot be gone through says nothing of any version: that is one finding, not one for each.
        if (witnessed) {
            closely(balance.uneven());
        }
        List<TypeVerdict> types = tally.against(account);
        types.forEach(type -> Tally.findings(type).forEach(this::report));
        return new Verdict(
                findings == 0 ? Verdict.Outcome.INTACT : Verdict.Outcome.DAMAGED,
                keys,
                texts,
                otherForm,
                findings,
                types);
    }

    private void report(Finding finding) {
        findings++;
        found.accept(finding);
    }

    private void broken(String segment) {
        if (brokenSegments.add(segment)) {
            report(Finding.document(Problem.ALTERED, "change-log", segment));
        }
    }

    private void eachPage(Texts texts, Consumer<List<StoredKey>> visitor) {
        @Nullable String last = null;
        List<StoredKey> page;
        do {
            page = store.keys(tenant, last, PAGE, texts);
            if (!page.isEmpty()) {
                visitor.accept(page);
                last = page.get(page.size() - 1).name();
                beat.accept(keys);
            }
        } while (page.size() == PAGE);
    }

    private void look(List<StoredKey> page) {
        Map<StateKey, Mark> sampled = new HashMap<>();
        Map<StateKey, Mark> older = new HashMap<>();
        List<StateKey> unlisted = new ArrayList<>();
        for (StoredKey stored : page) {
            keys++;
            StateKey key = stored.key();
            if (key == null) {
                report(Finding.document(Problem.UNREADABLE, "version", stored.name()));
                continue;
            }
            @Nullable Mark held = held(key, stored.marks());
            if (held == null) {
                if (stored.startsAfter(instant)) {
                    unlisted.add(key);
                }
                continue;
            }
            if (held.isPresent()) {
                tally.add(key, held);
            }
            if (held != stored.marks().get(stored.marks().size() - 1)) {
                older.put(key, held);
            } else if (order.takesEverything()) {
                check(key, held, stored.newest());
            } else {
                TextCheck.record(key, held, stored.newest()).forEach(this::report);
                if (order.takes(key)) {
                    sampled.put(key, held);
                }
            }
        }
        sampled(sampled);
        superseded(older);
        older(unlisted);
    }

    /** Versions that held at the instant and are so old that their keys' documents do not list them any more. */
    private void older(List<StateKey> unlisted) {
        List<VersionRef> refs = store.supersededAt(tenant, unlisted, instant);
        Map<VersionRef, StoredVersion> stored = store.superseded(tenant, refs, Texts.READ);
        for (VersionRef ref : refs) {
            @Nullable StoredVersion version = stored.get(ref);
            @Nullable Mark held = version == null ? null : version.mark(ref.at());
            if (held != null) {
                if (held.isPresent()) {
                    tally.add(ref.key(), held);
                }
                check(ref.key(), held, version);
            }
        }
    }

    /** The mark that holds at the instant; weighs all up to it. */
    private @Nullable Mark held(StateKey key, List<Mark> marks) {
        @Nullable Mark held = null;
        for (Mark mark : marks) {
            if (!mark.at().isAfter(instant)) {
                balance.stored(key, mark);
                if (held != null && !held.at().isBefore(mark.at())) {
                    report(Finding.version(Problem.ALTERED, key, mark.at(), "order", null, null));
                }
                held = mark;
            }
        }
        return held;
    }

    /** The texts of newest versions; one that has been superseded since the page was read is looked for among the superseded. */
    private void sampled(Map<StateKey, Mark> marks) {
        Map<StateKey, StoredVersion> stored = store.current(tenant, marks.keySet());
        Map<StateKey, Mark> moved = new HashMap<>();
        marks.forEach((key, mark) -> {
            @Nullable StoredVersion version = stored.get(key);
            if (version == null) {
                TextCheck.record(key, mark, null).forEach(this::report);
            } else if (mark.at().equals(version.at())) {
                text(key, mark, version);
            } else {
                moved.put(key, mark);
            }
        });
        superseded(moved);
    }

    private void superseded(Map<StateKey, Mark> marks) {
        List<VersionRef> refs = marks.entrySet().stream()
                .map(mark -> new VersionRef(mark.getKey(), mark.getValue().at()))
                .toList();
        Map<VersionRef, StoredVersion> stored = store.superseded(tenant, refs, Texts.READ);
        marks.forEach((key, mark) -> check(key, mark, stored.get(new VersionRef(key, mark.at()))));
    }

    private void check(StateKey key, Mark mark, @Nullable StoredVersion version) {
        TextCheck.record(key, mark, version).forEach(this::report);
        if (version != null && order.takes(key)) {
            text(key, mark, version);
        }
    }

    private void text(StateKey key, Mark mark, StoredVersion version) {
        if (mark.isPresent()) {
            texts++;
        }
        TextCheck.text(key, mark, version)
                .ifPresentOrElse(this::report, () -> otherForm += otherForm(key, mark, version));
    }

    private static int otherForm(StateKey key, Mark mark, StoredVersion version) {
        return version.body() != null && TextCheck.hasOtherForm(key, mark, version.body()) ? 1 : 0;
    }

    /** Looks at the keys of the buckets in which what is stored and what is witnessed do not weigh the same, some at a time. */
    private void closely(BitSet uneven) {
        BitSet some = new BitSet(Balance.BUCKETS);
        for (int bucket = uneven.nextSetBit(0); bucket >= 0; bucket = uneven.nextSetBit(bucket + 1)) {
            some.set(bucket);
            if (some.cardinality() == BUCKETS_AT_A_TIME) {
                close(some);
                some = new BitSet(Balance.BUCKETS);
            }
        }
        if (!some.isEmpty()) {
            close(some);
        }
    }

    private void close(BitSet uneven) {
        Witnesses witnesses = new Witnesses();
        store.witnesses(
                tenant,
                instant,
                witness -> {
                    if (uneven.get(Balance.bucket(witness.key()))) {
                        witnesses.witnessed(witness.key(), witness.mark());
                    }
                },
                this::broken);
        eachPage(
                Texts.LEFT_OUT,
                page -> page.forEach(stored -> {
                    StateKey key = stored.key();
                    if (key != null && uneven.get(Balance.bucket(key))) {
                        stored.marks().stream()
                                .filter(mark -> !mark.at().isAfter(instant))
                                .forEach(mark -> witnesses.stored(key, mark));
                    }
                }));
        eachOlder((ref, key) -> {}, (key, mark) -> {
            if (uneven.get(Balance.bucket(key))) {
                witnesses.stored(key, mark);
            }
        });
        witnesses.findings().forEach(this::report);
    }

    /** Names superseded versions that nothing accounts for. */
    private void stray(VersionRef ref, @Nullable StoredKey key) {
        boolean listed = key != null && key.lists(ref.at());
        if (!listed && !ref.at().isAfter(instant)) {
            report(Finding.version(Problem.ADDED, ref.key(), ref.at(), "record", null, null));
        }
    }

    /**
     * Shows the marks of superseded versions up to the instant that their keys' documents do not list because they are too old.
     *
     * @param others takes all other superseded versions, with their keys' documents; null if those cannot be read
     */
    private void eachOlder(BiConsumer<VersionRef, @Nullable StoredKey> others, BiConsumer<StateKey, Mark> older) {
        @Nullable String last = null;
        List<StoredName> page;
        do {
            page = store.names(tenant, last, PAGE);
            Map<StateKey, StoredKey> known = keys(page);
            List<VersionRef> tooOld = new ArrayList<>();
            for (StoredName name : page) {
                last = name.name();
                VersionRef ref = name.version();
                @Nullable StoredKey key = ref == null ? null : known.get(ref.key());
                if (ref == null) {
                    unreadable(name.name());
                } else if (key != null && key.startsAfter(ref.at())) {
                    tooOld.add(ref);
                } else {
                    others.accept(ref, key);
                }
            }
            store.superseded(tenant, tooOld, Texts.LEFT_OUT).forEach((ref, version) -> {
                @Nullable Instant at = version.at();
                if (at == null) {
                    unreadable(ref.key().text() + "|" + ref.at());
                } else if (!at.isAfter(instant)) {
                    older.accept(ref.key(), version.mark(at));
                }
            });
            beat.accept(keys);
        } while (page.size() == PAGE);
    }

    private void unreadable(String name) {
        if (unreadable.add(name)) {
            report(Finding.document(Problem.UNREADABLE, "version", name));
        }
    }

    private Map<StateKey, StoredKey> keys(List<StoredName> names) {
        Set<StateKey> named = new HashSet<>();
        names.forEach(name -> {
            if (name.version() != null) {
                named.add(name.version().key());
            }
        });
        Map<StateKey, StoredKey> known = new HashMap<>();
        store.marks(tenant, named).forEach(stored -> {
            if (stored.key() != null) {
                known.put(stored.key(), stored);
            }
        });
        return known;
    }
}
