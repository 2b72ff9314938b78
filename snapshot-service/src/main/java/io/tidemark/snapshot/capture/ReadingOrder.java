package io.tidemark.snapshot.capture;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.KindDescription.Reading;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * In which order kinds are read: possible ends of links before what links to them, for whether a link is seen depends on whether its end is
 * deleted; and parents before what hangs on them.
 */
final class ReadingOrder {

    private static final List<ObjectKind> MEMBERS_FIRST = List.of(
            ObjectKind.USER,
            ObjectKind.SERVICE_PRINCIPAL,
            ObjectKind.DEVICE,
            ObjectKind.GROUP,
            ObjectKind.APPLICATION,
            ObjectKind.ADMINISTRATIVE_UNIT);

    private ReadingOrder() {}

    static List<ObjectKind> of() {
        return Arrays.stream(ObjectKind.values())
                .sorted(Comparator.comparingInt(ReadingOrder::stage)
                        .thenComparingInt(MEMBERS_FIRST::indexOf)
                        .thenComparing(kind -> Catalogue.of(kind).restoreOrder()))
                .toList();
    }

    private static int stage(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);
        if (description.reading().isBelowAnother()) {
            return 4;
        }
        if (description.reading() == Reading.DELTA) {
            return 2;
        }
        return description.linkDescriptions().isEmpty() && !description.types().part() ? 1 : 3;
    }
}
