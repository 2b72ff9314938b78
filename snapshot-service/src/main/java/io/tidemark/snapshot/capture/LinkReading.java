package io.tidemark.snapshot.capture;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.snapshot.capture.LiveTenant.FoundLink;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.KnownTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Reads links that no delta query tells. */
final class LinkReading {

    private static final int AT_ONCE = 200;

    private final LinkKind kind;
    private final LiveTenant live;
    private final KnownStates known;
    private final Outlet outlet;
    private final Intake intake;

    LinkReading(LinkKind kind, LiveTenant live, KnownStates known, Outlet outlet, Intake intake) {
        this.kind = kind;
        this.live = live;
        this.known = known;
        this.outlet = outlet;
        this.intake = intake;
    }

    /** Reads the links of every source. What was not met is gone, which is told once all is read. */
    void readWhole() {
        known.table(kind.word()).forgetSeen();
        outlet.tick();
        List<ObjectId> sources =
                Catalogue.of(kind).reading() == LinkDescription.Reading.EXPANDED ? listed() : present(key -> true);
        for (List<ObjectId> batch : Portions.of(sources, AT_ONCE)) {
            Map<ObjectId, List<FoundLink>> found = live.linksFrom(kind, batch);
            outlet.tick();
            for (ObjectId source : batch) {
                List<FoundLink> links = found.get(source);
                if (links == null) {
                    keep(source);
                } else {
                    links.forEach(intake::link);
                }
            }
        }
    }

    /** Takes in what lists show, and gives the sources that they did not show. */
    private List<ObjectId> listed() {
        KnownTable sources = known.table(kind.source().word());
        sources.forgetSeen();
        live.links(kind, new LiveTenant.Shown() {
            @Override
            public void object(ObjectId id) {
                sources.see(new ObjectRef(kind.source(), id).key());
            }

            @Override
            public void link(FoundLink found) {
                intake.link(found);
            }

            // What was shown before and is not shown now is looked for once more in the end.
            @Override
            public void restarted() {
                sources.forgetSeen();
                known.table(kind.word()).forgetSeen();
                intake.forgetHidden(kind);
            }
        });
        return present(key -> !sources.isSeen(key));
    }

    private List<ObjectId> present(Predicate<StateKey> wanted) {
        List<ObjectId> present = new ArrayList<>();
        known.table(kind.source().word())
                .eachPresent(wanted, keys -> keys.forEach(key -> present.add(new ObjectId(key.id()))));
        return present;
    }

    /**
     * Looks once more at links that a reading of everything did not show, for a listing may skip a page: only what the object itself does not
     * show either is gone.
     */
    void settleUnseen() {
        KnownTable table = known.table(kind.word());
        if (Catalogue.of(kind).reading() == LinkDescription.Reading.EACH) {
            table.eachUnseen(keys -> keys.stream()
                    .filter(key -> !intake.mayBeWithheld(key))
                    .forEach(key -> outlet.deleted(key, Deletion.HARD)));
            return;
        }
        Set<ObjectId> doubtful = new LinkedHashSet<>();
        table.eachUnseen(
                keys -> keys.forEach(key -> doubtful.add(Link.parse(key).source())));
        List<ObjectId> unknown = doubtful.stream().filter(this::isUnknown).toList();
        unknown.forEach(source -> table.linksOf(source).forEach(link -> outlet.deleted(link.key(), Deletion.HARD)));
        unknown.forEach(doubtful::remove);
        Portions.of(List.copyOf(doubtful), AT_ONCE).forEach(this::readOf);
    }

    // Links can be told of an object that nobody has ever seen.
    private boolean isUnknown(ObjectId source) {
        return known.table(kind.source().word())
                .find(new ObjectRef(kind.source(), source).key())
                .isEmpty();
    }

    /** Reads the links of these sources; what is known beside them is gone, unless the source itself is not there. */
    void readOf(Collection<ObjectId> sources) {
        if (sources.isEmpty()) {
            return;
        }
        Map<ObjectId, List<FoundLink>> found = live.linksFrom(kind, sources);
        outlet.tick();
        found.forEach((source, links) -> intake.linksOf(kind, source, links));
    }

    // Of an object that has gone meanwhile, or is not to be seen yet, nothing is known: its links stay until it is told
    // what became of it.
    private void keep(ObjectId source) {
        KnownTable table = known.table(kind.word());
        table.linksOf(source).forEach(link -> table.see(link.key()));
    }
}
