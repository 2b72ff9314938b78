package io.tidemark.snapshot.capture;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.snapshot.capture.LiveTenant.FoundLink;
import io.tidemark.snapshot.cursor.Known;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.KnownTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        if (Catalogue.of(kind).reading() == LinkDescription.Reading.EXPANDED) {
            live.links(kind).forEach(intake::link);
            return;
        }
        List<ObjectId> sources = new ArrayList<>();
        KnownTable table = known.table(kind.source().word());
        List<StateKey> keys = new ArrayList<>();
        table.each(key -> true, keys::addAll);
        for (StateKey key : keys) {
            if (table.find(key).filter(Known::isPresent).isPresent()) {
                sources.add(new ObjectId(key.id()));
            }
        }
        for (int from = 0; from < sources.size(); from += AT_ONCE) {
            List<ObjectId> batch = sources.subList(from, Math.min(sources.size(), from + AT_ONCE));
            live.linksFrom(kind, batch).forEach(intake::link);
            outlet.tick();
        }
    }

    /** Reads the links of these sources; what is known beside them is gone. */
    void readOf(Collection<ObjectId> sources) {
        if (sources.isEmpty()) {
            return;
        }
        Map<ObjectId, List<FoundLink>> found = new HashMap<>();
        for (FoundLink link : live.linksFrom(kind, sources)) {
            found.computeIfAbsent(link.link().source(), unused -> new ArrayList<>())
                    .add(link);
        }
        outlet.tick();
        sources.forEach(source -> intake.linksOf(kind, source, found.getOrDefault(source, List.of())));
    }
}
