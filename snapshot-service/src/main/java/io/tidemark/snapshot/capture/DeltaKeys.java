package io.tidemark.snapshot.capture;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.graph.read.DeltaItem;
import io.tidemark.graph.read.DeltaItem.LinkChange;
import io.tidemark.graph.read.DeltaPage;
import io.tidemark.snapshot.capture.LiveTenant.FoundLink;
import io.tidemark.snapshot.cursor.KnownStates;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Of which objects and links a page of a delta query tells, so that what is known of them is loaded in one go. */
final class DeltaKeys {

    private final KnownStates known;
    private final Map<String, Set<StateKey>> keys = new HashMap<>();

    private DeltaKeys(KnownStates known) {
        this.known = known;
    }

    /** Loads what is known of all that a page tells of, the ends of links included. */
    static void load(ObjectKind kind, DeltaPage page, KnownStates known, Intake intake) {
        DeltaKeys told = new DeltaKeys(known);
        told.addAll(kind, page, intake);
        told.keys.forEach((type, ofType) -> known.table(type).prefetch(ofType));
    }

    private void addAll(ObjectKind kind, DeltaPage page, Intake intake) {
        for (DeltaItem item : page.items()) {
            if (isWanted(kind.word())) {
                add(new ObjectRef(kind, item.id()).key());
            }
            if (item instanceof DeltaItem.Present present) {
                present.links().forEach(change -> add(present, change, intake));
            }
        }
    }

    private void add(DeltaItem.Present present, LinkChange change, Intake intake) {
        FoundLink link = GraphLiveTenant.link(change.kind(), present.id(), change.target());
        if (isWanted(change.kind().word())) {
            add(link.link().key());
        }
        intake.targetOf(link).filter(target -> isWanted(target.kind().word())).ifPresent(target -> add(target.key()));
    }

    // Before a key is made: in a reading of everything all is loaded, and there are millions.
    private boolean isWanted(String type) {
        return !known.table(type).isLoaded();
    }

    private void add(StateKey key) {
        keys.computeIfAbsent(key.type(), unused -> new LinkedHashSet<>()).add(key);
    }
}
