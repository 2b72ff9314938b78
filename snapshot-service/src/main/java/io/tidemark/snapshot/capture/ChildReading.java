package io.tidemark.snapshot.capture;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.read.ChildSink;
import io.tidemark.snapshot.cursor.Known;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.KnownTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
        presentParents().forEach(parents -> read(parents, new HashSet<>()));
        table.eachUnseen(keys -> keys.stream()
                .filter(key -> parentOf(key).filter(this::isPresent).isPresent())
                .forEach(key -> outlet.deleted(key, Deletion.HARD)));
    }

    /** Reads below these parents; what is known below them and was not shown is gone. */
    void readBelow(Collection<ObjectId> parents) {
        Set<ObjectId> asked = new HashSet<>(parents);
        Set<StateKey> shown = new HashSet<>();
        List<ObjectId> ordered = new ArrayList<>(asked);
        for (int from = 0; from < ordered.size(); from += AT_ONCE) {
            read(ordered.subList(from, Math.min(ordered.size(), from + AT_ONCE)), shown);
        }
        known.table(kind.word())
                .each(
                        key -> !shown.contains(key)
                                && parentOf(key).filter(asked::contains).isPresent(),
                        keys -> keys.forEach(key -> outlet.deleted(key, Deletion.HARD)));
    }

    private void read(List<ObjectId> parents, Set<StateKey> shown) {
        outlet.tick();
        live.children(kind, parents, new ChildSink() {
            @Override
            public void accept(ObjectId below, JsonObject child) {
                ObjectRef ref = intake.child(kind, below, child);
                shown.add(ref.key());
            }
        });
    }

    private List<List<ObjectId>> presentParents() {
        List<List<ObjectId>> batches = new ArrayList<>();
        List<ObjectId> batch = new ArrayList<>();
        KnownTable table = known.table(parent.word());
        List<StateKey> keys = new ArrayList<>();
        table.each(key -> true, keys::addAll);
        for (StateKey key : keys) {
            if (table.find(key).filter(Known::isPresent).isPresent()) {
                batch.add(new ObjectId(key.id()));
            }
            if (batch.size() == AT_ONCE) {
                batches.add(List.copyOf(batch));
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            batches.add(List.copyOf(batch));
        }
        return batches;
    }

    private boolean isPresent(ObjectId id) {
        return known.table(parent.word())
                .find(new ObjectRef(parent, id).key())
                .filter(Known::isPresent)
                .isPresent();
    }

    private static java.util.Optional<ObjectId> parentOf(StateKey key) {
        return new ObjectId(key.id()).parent();
    }
}
