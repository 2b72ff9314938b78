package io.tidemark.snapshot.capture;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.read.DeltaItem;
import io.tidemark.graph.read.DeltaItem.LinkChange;
import io.tidemark.graph.read.DeltaPage;
import io.tidemark.snapshot.capture.LiveTenant.FoundLink;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.KnownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes in the pages of one kind's delta query. What they tell of an object in pieces, or in no order, is settled in the end. */
final class DeltaIntake {

    private final ObjectKind kind;
    private final LiveTenant live;
    private final KnownStates known;
    private final Intake intake;
    private final Map<ObjectId, Deletion> removed = new LinkedHashMap<>();
    private final Set<ObjectRef> nameless = new LinkedHashSet<>();

    DeltaIntake(ObjectKind kind, LiveTenant live, KnownStates known, Intake intake) {
        this.kind = kind;
        this.live = live;
        this.known = known;
        this.intake = intake;
    }

    /** Forgets what a query told was gone that begins again. */
    void begin() {
        removed.clear();
    }

    /**
     * Takes in a page.
     *
     * @param whole whether the query tells of everything that there is, rather than of what has changed
     */
    void take(DeltaPage page, boolean whole) {
        Map<ObjectRef, JsonObject> bodies = bodies(page);
        page.items().forEach(item -> take(item, bodies, whole));
    }

    /** Settles what the pages left open. */
    void settle() {
        settleNameless();
        settleRemoved();
    }

    // A delta query shows only what it names, so what Graph shows unasked is read by a second look. If that finds
    // nothing,
    // because the object is gone again or not to be seen yet, what the delta query told stands.
    private Map<ObjectRef, JsonObject> bodies(DeltaPage page) {
        if (!Catalogue.of(kind).select().isEmpty()) {
            return Map.of();
        }
        List<ObjectRef> refs = page.items().stream()
                .filter(item -> item instanceof DeltaItem.Present present && hasProperties(present.object()))
                .map(item -> new ObjectRef(kind, item.id()))
                .distinct()
                .toList();
        return refs.isEmpty() ? Map.of() : live.findAll(refs);
    }

    private void take(DeltaItem item, Map<ObjectRef, JsonObject> bodies, boolean whole) {
        if (item instanceof DeltaItem.Removed gone) {
            Deletion deletion = gone.removal() == DeltaItem.Removal.SOFT ? Deletion.SOFT : Deletion.HARD;
            removed.merge(gone.id(), deletion, DeltaIntake::further);
        } else if (item instanceof DeltaItem.Present present) {
            take(present, bodies, whole);
        }
    }

    private void take(DeltaItem.Present present, Map<ObjectRef, JsonObject> bodies, boolean whole) {
        ObjectRef ref = new ObjectRef(kind, present.id());
        if (!whole) {
            intake.mentioned(ref);
        }
        if (hasProperties(present.object())) {
            JsonObject body = bodies.get(ref);
            intake.object(kind, body == null ? Shape.ofTold(kind, present.object()) : body);
        } else if (known.table(kind.word()).find(ref.key()).isPresent()) {
            known.table(kind.word()).see(ref.key());
        } else {
            nameless.add(ref);
        }
        for (LinkChange change : present.links()) {
            FoundLink link = GraphLiveTenant.link(change.kind(), present.id(), change.target());
            if (change.presence() == DeltaItem.Presence.ABSENT) {
                intake.linkRemoved(link.link());
            } else {
                intake.link(link);
            }
        }
    }

    // Of an object of which only links were shown, the rest may have stood on a page that was left out.
    private void settleNameless() {
        nameless.removeIf(ref -> known.table(kind.word()).find(ref.key()).isPresent());
        if (!nameless.isEmpty()) {
            live.findAll(nameless).values().forEach(found -> intake.object(kind, found));
            nameless.clear();
        }
    }

    // Graph promises no order: an object that was told to be gone and to be there is looked at.
    private void settleRemoved() {
        KnownTable table = known.table(kind.word());
        List<ObjectRef> doubtful = new ArrayList<>();
        for (ObjectId id : removed.keySet()) {
            ObjectRef ref = new ObjectRef(kind, id);
            if (table.isSeen(ref.key())) {
                doubtful.add(ref);
            }
        }
        if (!doubtful.isEmpty()) {
            live.findAll(doubtful).forEach((ref, found) -> {
                removed.remove(ref.id());
                intake.object(kind, found);
            });
        }
        removed.forEach((id, deletion) -> intake.gone(new ObjectRef(kind, id), deletion));
        removed.clear();
    }

    // A further slice of a large group's links need not repeat the group itself.
    private static boolean hasProperties(JsonObject object) {
        return object.names().stream().anyMatch(name -> name.indexOf('@') < 0 && !name.equals("id"));
    }

    private static Deletion further(Deletion one, Deletion other) {
        return one == Deletion.HARD ? one : other;
    }
}
