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
            add(new ObjectRef(kind, item.id()).key());
            if (item instanceof DeltaItem.Present present) {
                for (LinkChange change : present.links()) {
                    FoundLink link = GraphLiveTenant.link(change.kind(), present.id(), change.target());
                    add(link.link().key());
                    intake.targetOf(link).ifPresent(target -> add(target.key()));
                }
            }
        }
    }

    private void add(StateKey key) {
        if (!known.table(key.type()).isLoaded()) {
            keys.computeIfAbsent(key.type(), unused -> new LinkedHashSet<>()).add(key);
        }
    }
}
