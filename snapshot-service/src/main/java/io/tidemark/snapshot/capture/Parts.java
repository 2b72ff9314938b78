package io.tidemark.snapshot.capture;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.snapshot.cursor.KindCursor;
import io.tidemark.snapshot.cursor.KnownStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parts of objects that Graph shows apart of them, such as custom security attributes and extensions, and that are read again with objects
 * that somebody names or that have changed. To ask which schema extensions there are takes as many requests as there are applications, so
 * single objects are asked for those that the last reading of all found.
 */
final class Parts {

    /** Of so many objects; what is shown apart of more is left to the next full capture. */
    private static final int MOST = 200;

    private static final String NOTED = "schemas ";

    private final KnownStates known;
    private final Withheld withheld;

    /** The parts of a tenant's objects. The tenant hears which schema extensions were found when all were asked for. */
    Parts(LiveTenant live, KnownStates known, Withheld withheld) {
        this.known = known;
        this.withheld = withheld;
        for (ObjectKind kind : ObjectKind.values()) {
            if (Catalogue.of(kind).reach().extended()) {
                schemas(kind).ifPresent(names -> live.noteSchemas(kind, names));
            }
        }
    }

    /** The parts of these objects, without those that are shown as empty for want of a permission and those that nobody knows how to ask for. */
    List<ObjectRef> of(Collection<ObjectRef> objects) {
        List<ObjectRef> parts = new ArrayList<>();
        objects.stream()
                .limit(MOST)
                .forEach(object -> kindsOf(object.kind())
                        .map(KindDescription::kind)
                        .filter(part -> withheld.blankWithout(part).isEmpty())
                        .filter(this::isAskable)
                        .forEach(part -> parts.add(new ObjectRef(part, object.id()))));
        return parts;
    }

    /** Whether objects of a kind have parts. */
    static boolean areOf(ObjectKind whole) {
        return kindsOf(whole).findAny().isPresent();
    }

    /** What is noted of a kind after all of it was read; empty text if it is not extended. */
    static String noted(LiveTenant live, ObjectKind kind) {
        return live.schemas(kind).map(names -> NOTED + String.join(",", names)).orElse("");
    }

    private boolean isAskable(ObjectKind part) {
        boolean open = Catalogue.of(part).reach().query().contains("$expand");
        return !Catalogue.of(part).reach().extended()
                || schemas(part).filter(names -> open || !names.isEmpty()).isPresent();
    }

    private Optional<List<String>> schemas(ObjectKind part) {
        KindCursor cursor = known.kind(part);
        if (cursor.readWhole() || !cursor.selected().startsWith(NOTED)) {
            return Optional.empty();
        }
        return Optional.of(
                Arrays.stream(cursor.selected().substring(NOTED.length()).split(","))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    private static Stream<KindDescription> kindsOf(ObjectKind whole) {
        String path = Catalogue.of(whole).path();
        return Catalogue.of(whole).types().part()
                ? Stream.empty()
                : Arrays.stream(ObjectKind.values())
                        .map(Catalogue::of)
                        .filter(part -> part.types().part() && part.path().equals(path));
    }
}
