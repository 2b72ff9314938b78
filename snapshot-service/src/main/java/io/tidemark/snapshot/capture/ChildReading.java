package io.tidemark.snapshot.capture;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.read.ChildSink;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.KnownTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a kind that hangs on another: below every parent that is known, or below some. */
final class ChildReading {

    private static final int AT_ONCE = 200;

    private final ObjectKind kind;
    private final ObjectKind parent;
    private final LiveTenant live;
    private final KnownStates known;
    private final Outlet outlet;
    private final Intake intake;

    ChildReading(ObjectKind kind, LiveTenant live, KnownStates known, Outlet outlet, Intake intake) {
        this.kind = kind;
        this.parent = Catalogue.of(kind)
                .reach()
                .parent()
                .orElseThrow(() -> new IllegalArgumentException(kind.word() + " hangs on no other kind"));
        this.live = live;
        this.known = known;
        this.outlet = outlet;
        this.intake = intake;
    }

    /** Reads below every parent; what is known and was not shown is gone, unless its parent is only in the recycle bin. */
    void readWhole() {
        KnownTable table = known.table(kind.word());
        table.forgetSeen();
        Set<ObjectId> absent = new LinkedHashSet<>();
        Set<ObjectId> shown = new HashSet<>();
        if (Catalogue.of(kind).reach().beside()) {
            readBeside(table, shown);
        }
        List<ObjectId> able = new ArrayList<>();
        known.table(parent.word()).eachPresent(key -> !shown.contains(new ObjectId(key.id())), keys -> {
            able.addAll(live.parents(
                    kind, keys.stream().map(key -> new ObjectId(key.id())).toList()));
            if (able.size() >= AT_ONCE) {
                readAll(able, absent);
            }
        });
        readAll(able, absent);
        List<StateKey> unseen = new ArrayList<>();
        table.eachUnseen(unseen::addAll);
        settleOrphans(unseen.stream().filter(this::isOrphan).toList());
        unseen.removeIf(key -> parentOf(key).filter(this::isPresent).isEmpty());
        deleted(unseen, absent);
    }

    // What an interrupted capture has told before it told of the parent, which was gone when its successor came:
    // nothing else tells that it is gone, too. A parent that came to be after its own kind was read is there.
    private void settleOrphans(List<StateKey> orphans) {
        Set<ObjectRef> parents = new LinkedHashSet<>();
        orphans.forEach(key -> parentOf(key).ifPresent(id -> parents.add(new ObjectRef(parent, id))));
        for (List<ObjectRef> batch : Portions.of(List.copyOf(parents), AT_ONCE)) {
            parents.removeAll(live.findAll(batch).keySet());
        }
        for (StateKey key : orphans) {
            if (parentOf(key)
                    .filter(id -> parents.contains(new ObjectRef(parent, id)))
                    .isPresent()) {
                outlet.deleted(key, Deletion.HARD);
                intake.mentioned(new ObjectRef(kind, new ObjectId(key.id())));
            }
        }
    }

    private boolean isOrphan(StateKey key) {
        return parentOf(key)
                .filter(id -> known.table(parent.word())
                        .find(new ObjectRef(parent, id).key())
                        .isEmpty())
                .isPresent();
    }

    private void readAll(List<ObjectId> parents, Set<ObjectId> absent) {
        Portions.of(List.copyOf(parents), AT_ONCE).forEach(batch -> read(batch, new HashSet<>(), absent));
        parents.clear();
    }

    /** Reads below these parents; what is known below them and was not shown is gone. */
    void readBelow(Collection<ObjectId> parents) {
        Set<ObjectId> asked = new HashSet<>(parents);
        Set<StateKey> shown = new HashSet<>();
        Set<ObjectId> absent = new LinkedHashSet<>();
        if (asked.isEmpty()) {
            return;
        }
        Portions.of(List.copyOf(live.parents(kind, asked)), AT_ONCE).forEach(batch -> read(batch, shown, absent));
        List<StateKey> unseen = new ArrayList<>();
        known.table(kind.word())
                .each(
                        key -> !shown.contains(key)
                                && parentOf(key).filter(asked::contains).isPresent(),
                        unseen::addAll);
        deleted(unseen, absent);
    }

    // Graph says "not found" of a parent that is gone, or not to be seen yet, and of one on which nothing hangs. Only
    // below a parent that is there is anything gone: what became of the others is told of the parent itself.
    private void deleted(List<StateKey> unseen, Set<ObjectId> absent) {
        Set<ObjectRef> doubtful = new LinkedHashSet<>();
        unseen.forEach(
                key -> parentOf(key).filter(absent::contains).ifPresent(id -> doubtful.add(new ObjectRef(parent, id))));
        Set<ObjectRef> there =
                doubtful.isEmpty() ? Set.of() : live.findAll(doubtful).keySet();
        doubtful.removeAll(there);
        for (StateKey key : unseen) {
            boolean moved = parentOf(key)
                    .filter(id -> doubtful.contains(new ObjectRef(parent, id)))
                    .isPresent();
            if (!moved) {
                outlet.deleted(key, Deletion.HARD);
                intake.mentioned(new ObjectRef(kind, new ObjectId(key.id())));
            }
        }
    }

    private void read(List<ObjectId> parents, Set<StateKey> shown, Set<ObjectId> absent) {
        outlet.tick();
        live.children(kind, parents, new ChildSink() {
            @Override
            public void accept(ObjectId below, JsonObject child) {
                ObjectRef ref = intake.child(kind, below, child);
                shown.add(ref.key());
            }

            @Override
            public void restarted(ObjectId below) {
                shown.removeIf(key -> parentOf(key).filter(below::equals).isPresent());
            }

            @Override
            public void missing(ObjectId below) {
                absent.add(below);
            }
        });
    }

    // A parent that came to be after its own kind was read is left to the next capture. What is known and was not shown
    // is looked for once more where it hung.
    private void readBeside(KnownTable table, Set<ObjectId> shownParents) {
        outlet.tick();
        live.childrenBeside(kind, new ChildSink() {
            @Override
            public void accept(ObjectId below, JsonObject child) {
                if (isPresent(below)) {
                    ObjectRef unused = intake.child(kind, below, child);
                }
            }

            @Override
            public void shown(ObjectId below) {
                shownParents.add(below);
            }

            @Override
            public void restarted() {
                shownParents.clear();
                table.forgetSeen();
            }
        });
        table.eachUnseen(keys -> keys.forEach(key -> parentOf(key).ifPresent(shownParents::remove)));
    }

    private boolean isPresent(ObjectId id) {
        return known.table(parent.word()).isPresent(new ObjectRef(parent, id).key());
    }

    private static Optional<ObjectId> parentOf(StateKey key) {
        return new ObjectId(key.id()).parent();
    }
}
