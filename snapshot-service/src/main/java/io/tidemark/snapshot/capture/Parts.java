package io.tidemark.snapshot.capture;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parts of objects that Graph shows apart of them, such as custom security attributes, and that are read again with the objects that somebody
 * names. Extensions are not: to know which there are takes as many requests as there are applications.
 */
final class Parts {

    /** Of so many objects; what is shown apart of more is left to the next full capture. */
    private static final int MOST = 200;

    private Parts() {}

    /** The parts of these objects, without those that are shown as empty for want of a permission. */
    static List<ObjectRef> of(Collection<ObjectRef> objects, Withheld withheld) {
        List<ObjectRef> parts = new ArrayList<>();
        objects.stream()
                .limit(MOST)
                .forEach(object -> kindsOf(object.kind())
                        .filter(part -> withheld.blankWithout(part).isEmpty())
                        .forEach(part -> parts.add(new ObjectRef(part, object.id()))));
        return parts;
    }

    private static Stream<ObjectKind> kindsOf(ObjectKind whole) {
        String path = Catalogue.of(whole).path();
        return Catalogue.of(whole).types().part()
                ? Stream.empty()
                : Arrays.stream(ObjectKind.values())
                        .map(Catalogue::of)
                        .filter(part -> part.types().part()
                                && !part.reach().extended()
                                && part.path().equals(path))
                        .map(KindDescription::kind);
    }
}
