package io.tidemark.snapshot.cursor;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.Reach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one capture knows of its tenant. Everything it changes stays in memory until {@link #remember}: if the capture breaks off before,
 * what it noted with {@link #intend} is in doubt and its successor reads and publishes again.
 */
public final class KnownStates {

    private static final int MANY = 1024;
    private static final int FEW = 16;

    /** Types of which there are about as many as users in many tenants. They had few buckets before, and are stored under a name that says so. */
    private static final Set<String> GROWN = grown();

    private static final int SAVED_AT_ONCE = 16;

    private final CursorStore store;
    private final TenantId tenant;
    private final long fence;
    private final Map<ObjectKind, KindCursor> kinds = new EnumMap<>(ObjectKind.class);
    private final Map<String, Instant> wholeAt = new HashMap<>();
    private final Map<String, KnownTable> tables = new HashMap<>();
    private final IdNumbers ids = new IdNumbers();
    private Cursor last;
    private boolean settled;
    private int notes;

    private KnownStates(CursorStore store, TenantId tenant, Cursor cursor) {
        this.store = store;
        this.tenant = tenant;
        this.fence = cursor.fence();
        this.kinds.putAll(cursor.kinds());
        this.wholeAt.putAll(cursor.wholeAt());
        this.last = cursor;
        this.settled = cursor.settled();
    }

    /** Claims the tenant, and settles first what a capture that broke off has left in doubt. */
    public static KnownStates open(CursorStore store, TenantId tenant, long fence) {
        KnownStates states = new KnownStates(store, tenant, store.claim(tenant, fence));
        states.settleDoubts();
        return states;
    }

    public KindCursor kind(ObjectKind kind) {
        return kinds.getOrDefault(kind, KindCursor.START);
    }

    /** Where to go on reading changes, of the kinds of which no more need be read. */
    public Map<ObjectKind, String> deltaLinks() {
        Map<ObjectKind, String> links = new EnumMap<>(ObjectKind.class);
        kinds.forEach((kind, cursor) -> {
            String link = cursor.deltaLink();
            if (link != null && !cursor.readWhole()) {
                links.put(kind, link);
            }
        });
        return links;
    }

    public void advance(ObjectKind kind, KindCursor cursor) {
        kinds.put(kind, cursor);
    }

    /** When everything of a type was read last; empty if it never was. */
    public Optional<Instant> wholeAt(String type) {
        return Optional.ofNullable(wholeAt.get(type));
    }

    public void readWhole(String type, Instant at) {
        wholeAt.put(type, at);
    }

    /** The newest moment that any earlier capture has given to a state, or has ended at since; {@link Instant#EPOCH} if none has ever published one. */
    public Instant observedUntil() {
        return last.observedUntil();
    }

    /** What is known of one type. */
    public KnownTable table(String type) {
        return tables.computeIfAbsent(
                type,
                word -> new KnownTable(
                        word,
                        size(word),
                        last.totals().getOrDefault(word, SetDigest.EMPTY),
                        ids,
                        numbers -> store.loadBuckets(tenant, storedAs(word), numbers),
                        GROWN.contains(word)
                                ? new Buckets.Earlier(FEW, numbers -> store.loadBuckets(tenant, word, numbers))
                                : Buckets.Earlier.NEVER));
    }

    /** Notes durably what is about to be published. */
    public void intend(Intention intention) {
        store.intend(tenant, fence, notes++, intention);
    }

    /** Whether {@link #total} can be trusted; if not, a capture broke off while remembering and {@link #recount} is due. */
    public boolean isSettled() {
        return settled;
    }

    /** Count and digest of what is present of one type. */
    public SetDigest total(String type) {
        KnownTable table = tables.get(type);
        return table == null ? last.totals().getOrDefault(type, SetDigest.EMPTY) : table.total();
    }

    /** Counts every type anew. */
    public void recount() {
        for (String type : types()) {
            table(type).recount();
        }
        settled = true;
    }

    /**
     * Stores all that has changed. Everything that was published must have been acknowledged.
     *
     * @param observedUntil a moment not before any that a published state carries; it is not noted as long as nothing was ever published
     * @throws StaleCaptureException if another capture has claimed the tenant
     */
    public void remember(Instant observedUntil) {
        if (!settled) {
            recount();
        }
        store.saveCursor(tenant, last.unsettled());
        saveTables();
        settled = true;
        boolean neverPublished = notes == 0 && last.observedUntil().equals(Instant.EPOCH);
        last = cursor(neverPublished ? Instant.EPOCH : observedUntil);
        store.saveCursor(tenant, last);
        store.dropIntended(tenant, fence);
        notes = 0;
    }

    /** Every type of object and link, in a stable order. */
    public static List<String> types() {
        List<String> types = new ArrayList<>();
        for (KindDescription kind : Catalogue.inRestoreOrder()) {
            types.add(kind.kind().word());
            kind.links().forEach(link -> types.add(link.word()));
        }
        return types;
    }

    private void settleDoubts() {
        List<Instant> moments = new ArrayList<>();
        store.eachIntended(tenant, intention -> {
            moments.add(intention.until());
            intention.keys().stream()
                    .collect(Collectors.groupingBy(StateKey::type, TreeMap::new, Collectors.toList()))
                    .forEach((type, ofType) -> {
                        KnownTable table = table(type);
                        table.prefetch(ofType);
                        ofType.forEach(table::doubtful);
                    });
        });
        if (!moments.isEmpty()) {
            moments.add(last.observedUntil());
            for (ObjectKind kind : ObjectKind.values()) {
                kinds.put(kind, kind(kind).doubted());
            }
            settled = false;
            last = cursor(Collections.max(moments));
            store.saveCursor(tenant, last);
            saveTables();
            store.dropIntended(tenant, fence);
        }
    }

    private void saveTables() {
        tables.forEach((type, table) -> {
            table.changed(SAVED_AT_ONCE, buckets -> store.saveBuckets(tenant, fence, storedAs(type), buckets));
            table.saved();
        });
    }

    private Cursor cursor(Instant until) {
        Map<String, SetDigest> now = new HashMap<>(last.totals());
        tables.forEach((type, table) -> now.put(type, table.total()));
        return new Cursor(fence, settled, kinds, now, wholeAt, until);
    }

    private static String storedAs(String type) {
        return GROWN.contains(type) ? type + "#" + MANY : type;
    }

    private static Set<String> grown() {
        Set<String> grown = new HashSet<>();
        for (KindDescription kind : Catalogue.inRestoreOrder()) {
            if (kind.reach().about().isPresent() || kind.reach().cadence() == Reach.Cadence.FEW) {
                grown.add(kind.kind().word());
            }
        }
        grown.add(LinkKind.ADMINISTRATIVE_UNIT_MEMBERS.word());
        return grown;
    }

    private static int size(String type) {
        if (GROWN.contains(type)) {
            return MANY;
        }
        boolean link = type.indexOf('.') >= 0;
        ObjectKind kind = link ? LinkKind.parse(type).source() : ObjectKind.parse(type);
        return isMany(Catalogue.of(kind)) ? MANY : FEW;
    }

    private static boolean isMany(KindDescription kind) {
        boolean manyParents = kind.reach()
                .parent()
                .filter(parent -> isMany(Catalogue.of(parent)))
                .isPresent();
        boolean told =
                kind.reading() == KindDescription.Reading.DELTA && !kind.reach().listedElse();
        return told || kind.types().part() || manyParents;
    }
}
