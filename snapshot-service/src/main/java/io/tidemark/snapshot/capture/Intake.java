package io.tidemark.snapshot.capture;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.KindDescription.Reading;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.directory.catalogue.Reach;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.snapshot.capture.LiveTenant.FoundLink;
import io.tidemark.snapshot.capture.newer.NewerSelection;
import io.tidemark.snapshot.cursor.Known;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.KnownTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes in what is read: objects, links, deletions. Remembers which objects went and which came back, for their links follow them. */
final class Intake {

    /** Kinds on whose objects something hangs that is not told with them. */
    private static final Set<ObjectKind> HAVE_DEPENDANTS = dependedOn();

    private final KnownStates known;
    private final Outlet outlet;
    private final boolean selective;
    private final Withheld withheld;
    private final NewerSelection newer;
    private final Map<ObjectId, Deletion> gone = new HashMap<>();
    private final Set<ObjectRef> restored = new LinkedHashSet<>();
    private final Map<Link, FoundLink> hidden = new LinkedHashMap<>();
    private final Map<ObjectKind, Set<ObjectId>> mentioned = new EnumMap<>(ObjectKind.class);
    private long objectsRead;

    /**
     * An intake for one capture.
     *
     * @param selective whether the capture looks only at what hangs on objects of which something was told; one that looks at everything
     *     need not remember which those are
     * @param withheld whose links are not shown to us
     * @param newer what is asked for though the catalogue does not know it
     */
    Intake(KnownStates known, Outlet outlet, boolean selective, Withheld withheld, NewerSelection newer) {
        this.newer = newer;
        this.known = known;
        this.outlet = outlet;
        this.selective = selective;
        this.withheld = withheld;
    }

    /** An object as it was read, whole or without what is unset. */
    void object(ObjectKind kind, JsonObject read) {
        String id = read.findString(Catalogue.of(kind).reach().key())
                .or(() -> singletonId(kind))
                .orElseThrow(() -> new UnreadableTenantException(kind.word() + " without an id was listed"));
        ObjectId known = ObjectId.find(id).orElseThrow(() -> oddId(kind));
        object(new ObjectRef(kind, known), read);
    }

    /** What hangs on an object. */
    ObjectRef child(ObjectKind kind, ObjectId parent, JsonObject read) {
        KindDescription description = Catalogue.of(kind);
        String own = read.findString(description.reach().key())
                .or(() -> description.reading() == Reading.CHILD ? Optional.of(kind.word()) : Optional.empty())
                .orElseThrow(() -> new UnreadableTenantException(kind.word() + " without an id was listed"));
        ObjectRef ref = new ObjectRef(kind, ObjectId.findChild(parent, own).orElseThrow(() -> oddId(kind)));
        object(ref, read);
        return ref;
    }

    // One object that cannot be kept must not take all other kinds with it.
    private static UnreadableTenantException oddId(ObjectKind kind) {
        return new UnreadableTenantException(kind.word() + " with an id that no key can be made of was listed");
    }

    /** Notes that something was told of an object, so that what hangs on it is looked at. */
    void mentioned(ObjectRef ref) {
        if (selective && HAVE_DEPENDANTS.contains(ref.kind())) {
            mentioned
                    .computeIfAbsent(ref.kind(), first -> new LinkedHashSet<>())
                    .add(ref.id());
        }
    }

    /** The objects of a kind of which something was told, or which have changed. */
    Set<ObjectId> mentioned(ObjectKind kind) {
        return mentioned.getOrDefault(kind, Set.of());
    }

    private void object(ObjectRef ref, JsonObject read) {
        // Where everything is shown unasked, so is what is newer, and nothing of it was ever left out.
        boolean byName = Catalogue.of(ref.kind()).isShownByName();
        JsonObject body = Shape.of(ref.kind(), read, byName ? newer.of(ref.kind()) : List.of());
        objectsRead++;
        withheld.look(ref, body);
        if (isSoftDeleted(ref)) {
            restored.add(ref);
        }
        if (outlet.present(ref.key(), Canonicaliser.hash(ref.kind(), body), body)) {
            mentioned(ref);
        }
    }

    private static Optional<String> singletonId(ObjectKind kind) {
        return Catalogue.of(kind).reading() == Reading.SINGLETON ? Optional.of(kind.word()) : Optional.empty();
    }

    /** An object that is gone. Its links are told at the end, when all of them are known. */
    void gone(ObjectRef ref, Deletion deletion) {
        if (outlet.leaves(ref.key())) {
            return;
        }
        boolean toldBefore = deletion == Deletion.SOFT && isSoftDeleted(ref);
        if (!toldBefore) {
            if (!hasIdOfAnother(ref)) {
                gone.put(ref.id(), deletion);
            }
            outlet.deleted(ref.key(), deletion);
        }
    }

    /**
     * Whether a line of a report that is not shown any more is gone because what it is about is. Graph permits so few looks at single lines
     * that none is spent on such a one.
     */
    boolean wentWithWhatItIsAbout(ObjectRef ref) {
        boolean gone = Catalogue.of(ref.kind())
                .reach()
                .about()
                .filter(about -> !known.table(about.word()).isPresent(new ObjectRef(about, ref.id()).key()))
                .isPresent();
        if (gone) {
            gone(ref, Deletion.HARD);
        }
        return gone;
    }

    /** A link that was read. One that ends at a deleted object does not count: nobody sees it until its end comes back. */
    void link(FoundLink found) {
        Link link = found.link();
        if (outlet.leaves(link)) {
            known.table(link.kind().word()).see(link.key());
            return;
        }
        if (link.kind().arity() == LinkKind.Arity.ONE) {
            hidden.keySet()
                    .removeIf(other ->
                            other.kind() == link.kind() && other.source().equals(link.source()));
        }
        if (endsAtDeleted(found)) {
            hidden.put(link, found);
            return;
        }
        if (link.kind().arity() == LinkKind.Arity.ONE) {
            for (Link other : known.table(link.kind().word()).linksOf(link.source())) {
                if (!other.equals(link)) {
                    outlet.deleted(other.key(), Deletion.HARD);
                }
            }
        }
        outlet.present(found);
    }

    /** Forgets the links at deleted ends that a reading showed which begins again. */
    void forgetHidden(ObjectKind source) {
        hidden.keySet().removeIf(link -> link.kind().source() == source);
    }

    /** As {@link #forgetHidden(ObjectKind)}, for a reading of these links alone. */
    void forgetHidden(LinkKind kind) {
        hidden.keySet().removeIf(link -> link.kind() == kind);
    }

    /** Forgets that an object was told to be gone if it was found to be there since, so that its links stay. */
    void revive(ObjectRef ref) {
        if (!hasIdOfAnother(ref) && known.table(ref.kind().word()).isPresent(ref.key())) {
            gone.remove(ref.id());
        }
    }

    /** Forgets the links at deleted ends that begin at these objects. */
    void forgetHidden(Collection<ObjectRef> sources) {
        hidden.keySet().removeIf(link -> sources.contains(link.sourceRef()));
    }

    /** How many objects of a kind went since this was opened. */
    long gone(ObjectKind kind) {
        return gone.keySet().stream()
                .filter(id -> known.table(kind.word())
                        .find(new ObjectRef(kind, id).key())
                        .map(Known::isSoftDeleted)
                        .orElse(true))
                .count();
    }

    void linkRemoved(Link link) {
        hidden.remove(link);
        outlet.deleted(link.key(), Deletion.HARD);
    }

    /** Whether a link that is not shown may be there nevertheless. */
    boolean mayBeWithheld(StateKey key) {
        Link link = Link.parse(key);
        return withheld.keeps(link.kind(), link.source());
    }

    /** All links of one source: what is known beside them is gone, unless it is only withheld. */
    void linksOf(LinkKind kind, ObjectId source, List<FoundLink> found) {
        Set<Link> there = new LinkedHashSet<>();
        for (FoundLink link : found) {
            there.add(link.link());
        }
        for (Link before : known.table(kind.word()).linksOf(source)) {
            if (!there.contains(before) && !withheld.keeps(kind, source)) {
                linkRemoved(before);
            }
        }
        found.forEach(this::link);
    }

    /** Takes in the links whose ends were deleted as far as was known when they were read, but are there. */
    void reveal() {
        List<FoundLink> doubtful = List.copyOf(hidden.values());
        hidden.clear();
        doubtful.forEach(this::link);
    }

    /** Tells that the links of all objects that went, and what hung on them, are gone with them. */
    void cascade() {
        if (gone.isEmpty()) {
            return;
        }
        for (ObjectKind kind : ObjectKind.values()) {
            if (Catalogue.of(kind).reading().isBelowAnother()) {
                known.table(kind.word())
                        .each(
                                key -> deletionOfParent(key).isPresent(),
                                keys -> keys.forEach(
                                        key -> deletionOfParent(key).ifPresent(how -> outlet.deleted(key, how))));
            } else if (Catalogue.of(kind).types().part()) {
                partsGo(kind);
            }
        }
        for (LinkKind kind : LinkKind.values()) {
            known.table(kind.word())
                    .each(
                            key -> deletionOfAnEnd(key).isPresent(),
                            keys -> keys.forEach(
                                    key -> deletionOfAnEnd(key).ifPresent(how -> outlet.deleted(key, how))));
        }
    }

    // No list shows what is a part of an object in the recycle bin, and it is read again when that comes back.
    private void partsGo(ObjectKind part) {
        KnownTable table = known.table(part.word());
        List<StateKey> keys =
                gone.keySet().stream().map(id -> new ObjectRef(part, id).key()).toList();
        table.prefetch(keys);
        keys.stream().filter(key -> !table.isSeen(key)).forEach(key -> outlet.deleted(key, Deletion.HARD));
    }

    /** The objects that were in the recycle bin and are back. */
    List<ObjectRef> restored() {
        return new ArrayList<>(restored);
    }

    long objectsRead() {
        return objectsRead;
    }

    /** The object that a link ends at; empty if it is of a kind that is not captured. */
    Optional<ObjectRef> targetOf(FoundLink found) {
        return ObjectKind.find(found.targetType())
                .map(kind -> new ObjectRef(kind, found.link().target()));
    }

    private boolean endsAtDeleted(FoundLink found) {
        return gone.containsKey(found.link().target())
                || targetOf(found).map(this::isSoftDeleted).orElse(false);
    }

    private boolean isSoftDeleted(ObjectRef ref) {
        return known.table(ref.kind().word()).isSoftDeleted(ref.key());
    }

    private static boolean hasIdOfAnother(ObjectRef ref) {
        return Catalogue.of(ref.kind()).hasIdsOfAnother();
    }

    private Optional<Deletion> deletionOfParent(StateKey key) {
        return new ObjectId(key.id()).parent().map(gone::get);
    }

    private static Set<ObjectKind> dependedOn() {
        Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
        for (ObjectKind kind : ObjectKind.values()) {
            boolean linked = Catalogue.of(kind).linkDescriptions().stream()
                    .anyMatch(link -> link.reading() == LinkDescription.Reading.EACH);
            boolean parent = Catalogue.below(kind).stream()
                    .anyMatch(child -> child.reach().cadence() == Reach.Cadence.FULL);
            if (linked || parent || isFollowed(kind) || Parts.areOf(kind)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static boolean isFollowed(ObjectKind kind) {
        return Arrays.stream(ObjectKind.values())
                .anyMatch(other -> Catalogue.of(other).reach().follows().equals(Optional.of(kind)));
    }

    private Optional<Deletion> deletionOfAnEnd(StateKey key) {
        Link link = Link.parse(key);
        return Optional.ofNullable(gone.get(link.source())).or(() -> Optional.ofNullable(gone.get(link.target())));
    }
}
