package io.tidemark.snapshot.capture;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.snapshot.capture.LiveTenant.FoundLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads single objects or their links again. */
final class TargetedReading {

    private final LiveTenant live;
    private final Outlet outlet;
    private final Intake intake;

    TargetedReading(LiveTenant live, Outlet outlet, Intake intake) {
        this.live = live;
        this.outlet = outlet;
        this.intake = intake;
    }

    void read(Collection<ObjectRef> refs) {
        Map<ObjectRef, JsonObject> found = live.findAll(refs);
        outlet.tick();
        Set<ObjectRef> missing = new LinkedHashSet<>(refs);
        missing.removeAll(found.keySet());
        found.forEach((ref, properties) -> intake.object(ref.kind(), properties));
        if (!missing.isEmpty()) {
            Set<ObjectRef> binned = live.inRecycleBin(missing);
            missing.forEach(ref -> intake.gone(ref, binned.contains(ref) ? Deletion.SOFT : Deletion.HARD));
        }
        for (LinkKind kind : LinkKind.values()) {
            readLinks(
                    kind,
                    found.keySet().stream()
                            .filter(ref -> ref.kind() == kind.source())
                            .map(ObjectRef::id)
                            .toList());
        }
    }

    /** Reads the links that begin or end at these objects and begin at one of these kinds. */
    void readLinksOfRestored(List<ObjectRef> restored, Set<ObjectKind> sources) {
        for (LinkKind kind : LinkKind.values()) {
            if (sources.contains(kind.source())) {
                readLinks(
                        kind,
                        restored.stream()
                                .filter(ref -> ref.kind() == kind.source())
                                .map(ObjectRef::id)
                                .toList());
            }
        }
        List<FoundLink> ending = live.linksTo(restored);
        outlet.tick();
        for (FoundLink found : ending) {
            if (sources.contains(found.link().kind().source())) {
                intake.link(found);
            }
        }
    }

    private void readLinks(LinkKind kind, List<ObjectId> sources) {
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
