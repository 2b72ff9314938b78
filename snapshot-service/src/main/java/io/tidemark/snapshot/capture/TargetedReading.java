package io.tidemark.snapshot.capture;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.directory.catalogue.Reach.Cadence;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import io.tidemark.snapshot.capture.LiveTenant.FoundLink;
import io.tidemark.snapshot.cursor.KnownStates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads single objects, their links and what hangs on them again. */
final class TargetedReading {

    /** Nothing shows at a restored object which links end there, so the few objects that can have such links are all asked: ten batches. */
    private static final int MOST_SOURCES = 200;

    /** What is read on request only is so because it is slow: five requests in ten seconds. More parents would take too long. */
    private static final int MOST_PARENTS = 2;

    private final LiveTenant live;
    private final KnownStates known;
    private final Outlet outlet;
    private final Intake intake;
    private final Progress progress;
    private final Withheld withheld;
    private final Parts parts;

    TargetedReading(
            LiveTenant live,
            KnownStates known,
            Outlet outlet,
            Intake intake,
            Progress progress,
            Withheld withheld,
            Parts parts) {
        this.live = live;
        this.known = known;
        this.outlet = outlet;
        this.intake = intake;
        this.progress = progress;
        this.withheld = withheld;
        this.parts = parts;
    }

    /** Reads these objects and gives the kinds of what hangs on them that was read, too. */
    Set<ObjectKind> read(Collection<ObjectRef> named) {
        List<ObjectRef> refs = named.stream().filter(ref -> isShown(ref.kind())).toList();
        Set<ObjectRef> found = take(refs);
        for (LinkKind kind : LinkKind.values()) {
            readLinks(kind, ids(found, kind.source()));
        }
        Set<ObjectKind> below = new LinkedHashSet<>();
        for (ObjectKind kind : ObjectKind.values()) {
            List<ObjectId> parents = ids(found, kind);
            if (!parents.isEmpty()) {
                for (KindDescription child : Catalogue.below(kind)) {
                    if (child.reach().cadence() != Cadence.REQUEST || parents.size() <= MOST_PARENTS) {
                        below.add(child.kind());
                        readBelow(child.kind(), parents);
                    }
                }
            }
        }
        Set<ObjectRef> apart = new LinkedHashSet<>(parts.of(refs));
        refs.forEach(apart::remove);
        below.addAll(readParts(apart));
        return below;
    }

    /** Reads these parts of objects and gives their kinds. */
    Set<ObjectKind> readParts(Collection<ObjectRef> apart) {
        Set<ObjectKind> kinds = new LinkedHashSet<>();
        apart.forEach(part -> kinds.add(part.kind()));
        kinds.forEach(kind -> readParts(
                kind, apart.stream().filter(part -> part.kind() == kind).toList()));
        return kinds;
    }

    private void readParts(ObjectKind kind, List<ObjectRef> apart) {
        try {
            Set<ObjectRef> unused = take(apart);
        } catch (GraphException | UnreadableTenantException e) {
            boolean other = Catalogue.of(kind).reach().extended()
                    && e instanceof GraphException refusal
                    && refusal.reason() == Reason.BAD_REQUEST;
            if (other) {
                // One of the extensions that were found before is gone, so the next capture asks which there are.
                progress.doubt(kind);
            } else {
                progress.notRead(kind, true, e);
            }
        }
    }

    /** Reads these objects alone, and gives those that are there. */
    private Set<ObjectRef> take(List<ObjectRef> refs) {
        refs.stream().map(ObjectRef::kind).distinct().forEach(this::mustTellExtensions);
        Map<ObjectRef, JsonObject> found = new LinkedHashMap<>(live.findAll(refs));
        found.entrySet().removeIf(one -> Shape.isEmptyPart(one.getKey().kind(), one.getValue()));
        outlet.tick();
        Set<ObjectRef> missing = new LinkedHashSet<>(refs);
        missing.removeAll(found.keySet());
        found.forEach((ref, properties) -> {
            if (ref.id().parent().isPresent()) {
                ObjectRef unused = intake.child(ref.kind(), ref.id().parent().get(), properties);
            } else {
                intake.object(ref.kind(), properties);
            }
        });
        if (!missing.isEmpty()) {
            Set<ObjectRef> binned = live.inRecycleBin(missing);
            for (ObjectRef ref : missing) {
                if (binned.contains(ref)) {
                    intake.gone(ref, Deletion.SOFT);
                } else if (known.table(ref.kind().word()).find(ref.key()).isPresent()) {
                    intake.gone(ref, Deletion.HARD);
                }
            }
        }
        return found.keySet();
    }

    /** Reads these links where they begin or end at these objects. */
    void readLinksOfRestored(List<ObjectRef> restored, Set<LinkKind> kinds) {
        for (LinkKind kind : kinds) {
            readLinks(kind, ids(restored, kind.source()));
        }
        List<FoundLink> ending = live.linksTo(restored);
        outlet.tick();
        for (FoundLink found : ending) {
            if (kinds.contains(found.link().kind())) {
                intake.link(found);
            }
        }
        kinds.stream()
                .filter(kind -> isShownAtItsStartAlone(kind, restored))
                .forEach(kind -> readLinks(kind, fewSourcesOf(kind)));
    }

    private static boolean isShownAtItsStartAlone(LinkKind kind, List<ObjectRef> restored) {
        LinkDescription link = Catalogue.of(kind);
        return link.reading() == LinkDescription.Reading.EACH
                && !InboundLinks.shows(kind)
                && restored.stream()
                        .anyMatch(ref -> link.target().map(ref.kind()::equals).orElse(true));
    }

    private List<ObjectId> fewSourcesOf(LinkKind kind) {
        List<ObjectId> sources = new ArrayList<>();
        String type = kind.source().word();
        if (known.total(type).count() <= MOST_SOURCES) {
            known.table(type)
                    .eachPresent(key -> true, keys -> keys.forEach(key -> sources.add(new ObjectId(key.id()))));
        }
        return sources;
    }

    private boolean isShown(ObjectKind kind) {
        Optional<String> permission = withheld.blankWithout(kind);
        permission.ifPresent(name -> progress.blank(kind, name));
        return permission.isEmpty();
    }

    // Where Graph stops telling which extensions there are, their values would look as if they had been cleared.
    private void mustTellExtensions(ObjectKind kind) {
        if (!known.kind(kind).extensions().isEmpty() && live.extensions(kind).isEmpty()) {
            throw new UnreadableTenantException("Graph no longer tells which directory extensions there are");
        }
    }

    // What a delta query tells belongs to its kind; whatever else cannot be read is a matter of its own. The next
    // capture looks at all of it: what was to be looked at is named once only.
    private void readLinks(LinkKind kind, List<ObjectId> sources) {
        LinkReading reading = new LinkReading(kind, live, known, outlet, intake);
        try {
            reading.readOf(sources);
        } catch (GraphException e) {
            if (Catalogue.of(kind).reading() == LinkDescription.Reading.DELTA) {
                throw e;
            }
            progress.notRead(kind, e);
        }
    }

    private void readBelow(ObjectKind kind, List<ObjectId> parents) {
        try {
            new ChildReading(kind, live, known, outlet, intake).readBelow(parents);
        } catch (GraphException | UnreadableTenantException e) {
            progress.notRead(kind, true, e);
        }
    }

    private static List<ObjectId> ids(Collection<ObjectRef> refs, ObjectKind kind) {
        return refs.stream()
                .filter(ref -> ref.kind() == kind)
                .map(ObjectRef::id)
                .toList();
    }
}
