package io.tidemark.snapshot.capture;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.read.DeltaLink;
import io.tidemark.graph.read.DeltaPage;
import io.tidemark.graph.read.ObjectSink;
import io.tidemark.graph.read.Trail;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import io.tidemark.snapshot.cursor.KindCursor;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.KnownTable;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Reads one kind, with the links that a delta query tells: by its changes since the last reading, or whole. */
final class KindReading {

    private static final Logger LOG = Logger.getLogger(KindReading.class);

    private static final int RESTARTS = 3;
    private static final int AT_ONCE = 100;
    private static final int MORE_AT_LEAST = 5;
    private static final int MORE_OF = 100;

    private final ObjectKind kind;
    private final LiveTenant live;
    private final KnownStates known;
    private final Outlet outlet;
    private final Intake intake;
    private final Withheld withheld;
    private final DeltaIntake changes;
    private boolean whole;
    private boolean thorough;
    private boolean begun;
    private boolean answered;
    private boolean listed;

    KindReading(ObjectKind kind, LiveTenant live, KnownStates known, Outlet outlet, Intake intake, Withheld withheld) {
        this.kind = kind;
        this.live = live;
        this.known = known;
        this.outlet = outlet;
        this.intake = intake;
        this.withheld = withheld;
        this.changes = new DeltaIntake(kind, live, known, intake);
    }

    /** Reads everything. */
    void readWhole() {
        thorough = true;
        readAll();
    }

    private void readAll() {
        whole = true;
        switch (Catalogue.of(kind).reading()) {
            case DELTA -> readAllChangesOrList();
            case SINGLETON -> readSingleton();
            case LIST -> list();
            case CHILDREN, CHILD -> throw new IllegalArgumentException(kind.word() + " hangs on another kind");
        }
    }

    /** Reads what has changed; everything if that cannot be told. */
    void readChanges() {
        KindCursor cursor = known.kind(kind);
        boolean delta = Catalogue.of(kind).reading() == KindDescription.Reading.DELTA;
        if (!delta
                || cursor.readWhole()
                || cursor.deltaLink() == null
                || withheld.hasChanged(kind)
                || !extensions().equals(cursor.extensions())
                || !live.newer().asked(kind).equals(cursor.selected())) {
            thorough = cursor.readWhole();
            readAll();
            return;
        }
        try {
            follow(Optional.of(new DeltaLink(cursor.deltaLink())));
        } catch (GraphException e) {
            if (!canBeginAgain(e) && !isOfTheLink(e)) {
                throw e;
            }
            changes.begin();
            intake.forgetHidden(kind);
            readWhole();
        }
    }

    /** Begins to read everything of a kind that is only listed. Whoever lists it hands on what is shown, and then says that it is {@link #end}. */
    ObjectSink begin() {
        whole = true;
        return newList();
    }

    /** Ends what {@link #begin} began: the list was handed on to its end. */
    void end() {
        outlet.tick();
        reconcileObjects();
        advance(new KindCursor(null, false, extensions()));
    }

    /** Whether everything was read rather than changes only. */
    boolean wasWhole() {
        return whole;
    }

    /** Whether anything was taken in. */
    boolean hasBegun() {
        return begun;
    }

    /** The links that were told with this kind, as by a delta query; none if Graph has none and the kind was listed. */
    List<LinkKind> toldLinks() {
        return listed ? List.of() : linksOfDelta();
    }

    private List<LinkKind> linksOfDelta() {
        return Catalogue.of(kind).linkDescriptions().stream()
                .filter(link -> link.reading() == LinkDescription.Reading.DELTA)
                .map(LinkDescription::kind)
                .toList();
    }

    private boolean canBeginAgain(GraphException e) {
        return e.reason() == Reason.GONE
                || e.reason() == Reason.EXPIRED_PAGE
                || live.newer().giveUp(kind, e);
    }

    // The stored link itself is not taken: Graph refuses it, or it names another host and was never sent.
    private boolean isOfTheLink(GraphException e) {
        boolean elsewhere = e.reason() == Reason.BAD_ANSWER && e.notSent();
        return !answered && (e.reason() == Reason.BAD_REQUEST || elsewhere);
    }

    // What Graph has no delta query of, though its schema says so, can still be listed. Until it is read whole again,
    // nobody asks for it.
    private void readAllChangesOrList() {
        listed = !thorough
                && Catalogue.of(kind).reach().listedElse()
                && known.kind(kind).listed();
        if (!listed) {
            try {
                readAllChanges();
            } catch (GraphException e) {
                if (!isRefusal(e)) {
                    throw e;
                }
                LOG.infof("delta query refused, so it is listed kind=%s reason=%s", kind.word(), e.reason());
                listed = true;
            }
        }
        if (listed) {
            list();
        }
    }

    private boolean isRefusal(GraphException e) {
        boolean refused = e.reason() == Reason.BAD_REQUEST
                || e.reason() == Reason.NOT_FOUND
                || e.reason() == Reason.NOT_IMPLEMENTED;
        return refused && !answered && Catalogue.of(kind).reach().listedElse();
    }

    private void readAllChanges() {
        for (int attempt = 1; ; attempt++) {
            try {
                forgetSeen();
                follow(Optional.empty());
                reconcileObjects();
                if (isCountedFor()) {
                    return;
                }
                if (attempt == RESTARTS) {
                    throw notCountedFor();
                }
            } catch (GraphException e) {
                if (!canBeginAgain(e) || attempt == RESTARTS) {
                    throw e;
                }
                changes.begin();
            }
            intake.forgetHidden(kind);
        }
    }

    // Of what was never seen before, nothing but a count tells that a page was left out. Counts lag behind, so a few
    // more, and what has just gone, make no difference.
    private boolean isCountedFor() {
        boolean counted = Catalogue.of(kind).reading() == KindDescription.Reading.DELTA;
        if (!thorough || !counted) {
            return true;
        }
        if (!known.isSettled()) {
            known.table(kind.word()).recount();
        }
        long shown = known.total(kind.word()).count();
        return live.count(kind).orElse(0) <= shown + intake.gone(kind) + Math.max(MORE_AT_LEAST, shown / MORE_OF);
    }

    private void forgetSeen() {
        known.table(kind.word()).forgetSeen();
        linksOfDelta().forEach(link -> known.table(link.word()).forgetSeen());
    }

    // Where Graph stops telling which extensions there are, their values would look as if they had been cleared.
    private String extensions() {
        String before = known.kind(kind).extensions();
        Optional<String> now = live.extensions(kind);
        if (now.isEmpty() && !before.isEmpty()) {
            throw new UnreadableTenantException("Graph no longer tells which directory extensions there are");
        }
        return now.orElse("");
    }

    private void follow(Optional<DeltaLink> start) {
        String extensions = extensions();
        Optional<DeltaLink> link = start;
        Trail trail = new Trail();
        DeltaPage page;
        do {
            page = live.changes(kind, link);
            answered = true;
            begun |= !page.items().isEmpty();
            outlet.tick();
            DeltaKeys.load(kind, page, known, intake);
            changes.take(page, whole);
            link = Optional.of(new DeltaLink(trail.follow(page.next().url())));
        } while (!page.complete());
        changes.settle();
        advance(new KindCursor(page.next().url(), false, extensions)
                .selecting(live.newer().asked(kind)));
    }

    private void readSingleton() {
        known.table(kind.word()).forgetSeen();
        outlet.tick();
        JsonObject read = live.singleton(kind);
        begun = true;
        intake.object(kind, read);
        known.table(kind.word()).eachUnseen(keys -> keys.forEach(key -> outlet.deleted(key, Deletion.HARD)));
        known.advance(kind, new KindCursor(null, false));
    }

    private void advance(KindCursor read) {
        known.advance(kind, withheld.cursor(kind, read, whole));
    }

    private static UnreadableTenantException notCountedFor() {
        return new UnreadableTenantException("Graph counts more than it shows, so a page may have been left out");
    }

    private void list() {
        String extensions = extensions();
        listOnce();
        for (int attempt = 2; !isCountedFor(); attempt++) {
            if (attempt > RESTARTS) {
                throw notCountedFor();
            }
            listOnce();
        }
        advance(new KindCursor(null, false, extensions).selecting(Parts.noted(live, kind)));
    }

    private void listOnce() {
        ObjectSink sink = newList();
        outlet.tick();
        live.list(kind, sink);
        reconcileObjects();
    }

    private ObjectSink newList() {
        KnownTable table = known.table(kind.word());
        table.forgetSeen();
        return new ObjectSink() {
            @Override
            public void accept(JsonObject read) {
                begun = true;
                if (!Shape.isEmptyPart(kind, read)) {
                    intake.object(kind, read);
                }
            }

            @Override
            public void restarted() {
                table.forgetSeen();
            }
        };
    }

    // What is known but was not shown may be in the recycle bin, gone, or only missed by a listing that is no snapshot.
    // What is in the
    // recycle bin and not known is noted, for it may come back.
    private void reconcileObjects() {
        KnownTable table = known.table(kind.word());
        Set<ObjectId> unseen = new LinkedHashSet<>();
        table.eachUnseen(keys -> unseen.addAll(ids(keys)));
        boolean linked = Catalogue.of(kind).reading() == KindDescription.Reading.DELTA && !listed;
        if (unseen.isEmpty() && !linked) {
            return;
        }
        for (ObjectId id : live.recycleBin(kind)) {
            StateKey key = new ObjectRef(kind, id).key();
            if (unseen.remove(id) || linked && table.find(key).isEmpty()) {
                intake.gone(new ObjectRef(kind, id), Deletion.SOFT);
            }
        }
        unseen.removeIf(id -> intake.wentWithWhatItIsAbout(new ObjectRef(kind, id)));
        List<ObjectRef> missing =
                unseen.stream().map(id -> new ObjectRef(kind, id)).toList();
        for (List<ObjectRef> batch : Portions.of(missing, AT_ONCE)) {
            Map<ObjectRef, JsonObject> found = live.findAll(batch);
            outlet.tick();
            for (ObjectRef ref : batch) {
                JsonObject there = found.get(ref);
                if (there == null || Shape.isEmptyPart(kind, there)) {
                    intake.gone(ref, Deletion.HARD);
                } else {
                    intake.object(kind, there);
                }
            }
        }
    }

    private static List<ObjectId> ids(Collection<StateKey> keys) {
        return keys.stream().map(key -> new ObjectId(key.id())).toList();
    }
}
