package io.tidemark.snapshot.capture;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.snapshot.cursor.KindCursor;
import io.tidemark.snapshot.cursor.KnownStates;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Graph keeps back for want of a permission without an error. It shows no links of an object that hides its members, so that only the
 * object itself tells; and it shows some parts of objects as if they were empty. What is known from a better time is kept, for nobody can see
 * that it is gone.
 */
final class Withheld {

    private static final String HIDING = "HiddenMembership";

    private final LiveTenant live;
    private final KnownStates known;
    private final Map<LinkKind, Set<ObjectId>> sources = new EnumMap<>(LinkKind.class);

    Withheld(LiveTenant live, KnownStates known) {
        this.live = live;
        this.known = known;
    }

    /** Looks whether an object that was read hides links that are not shown to us. */
    void look(ObjectRef ref, JsonObject body) {
        if (body.findString("visibility").filter(HIDING::equals).isEmpty()) {
            return;
        }
        Set<String> granted = live.granted();
        for (LinkDescription link : Catalogue.of(ref.kind()).linkDescriptions()) {
            if (!granted.isEmpty() && !link.missing(granted).isEmpty()) {
                sources.computeIfAbsent(link.kind(), first -> new HashSet<>()).add(ref.id());
            }
        }
    }

    /**
     * The permission for want of which Graph shows a part of objects as if it were empty, and says nothing; empty if it is granted or the kind
     * is no part of another.
     */
    Optional<String> blankWithout(ObjectKind kind) {
        Set<String> granted = live.granted();
        return Catalogue.of(kind).types().part() && !granted.isEmpty()
                ? Catalogue.of(kind).access().missing(granted).stream().findFirst()
                : Optional.empty();
    }

    /** Whether the links of an object were looked for in vain. */
    boolean keeps(LinkKind link, ObjectId source) {
        return sources.getOrDefault(link, Set.of()).contains(source);
    }

    /** Where the reading of a kind has come to: what is known of what was withheld is carried on unless all of it was read. */
    KindCursor cursor(ObjectKind kind, KindCursor read, boolean whole) {
        long now = Catalogue.of(kind).links().stream()
                .mapToLong(link -> sources.getOrDefault(link, Set.of()).size())
                .max()
                .orElse(0);
        return read.withholding(
                missing(kind), whole ? now : Math.max(now, known.kind(kind).withheld()));
    }

    /** Whether a permission was granted or taken away since the kind was read whole, so that all of it is to be read again. */
    boolean hasChanged(ObjectKind kind) {
        return !missing(kind).equals(known.kind(kind).missing());
    }

    /** What is withheld of links, and which permission is missing; empty if nothing is. */
    Optional<String> reason(LinkKind link) {
        Optional<String> permission = Catalogue.of(link).wholeWith();
        long objects = Math.max(
                sources.getOrDefault(link, Set.of()).size(),
                permission.isPresent() ? known.kind(link.source()).withheld() : 0);
        return permission
                .filter(name -> objects > 0)
                .map(name -> "Graph does not show those of " + objects + " "
                        + link.source().word()
                        + (objects == 1 ? " that hides them" : " objects that hide them") + ": " + name
                        + " is not granted");
    }

    /** The links of which some are known from a better time. */
    List<LinkKind> takenAway() {
        return Arrays.stream(LinkKind.values())
                .filter(link -> sources.getOrDefault(link, Set.of()).stream()
                        .anyMatch(source ->
                                !known.table(link.word()).linksOf(source).isEmpty()))
                .toList();
    }

    private String missing(ObjectKind kind) {
        Set<String> granted = live.granted();
        return granted.isEmpty()
                ? ""
                : Catalogue.of(kind).linkDescriptions().stream()
                        .flatMap(link -> link.missing(granted).stream())
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(","));
    }
}
