package io.tidemark.directory.catalogue;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The description of every kind, from the files beside this class. */
public final class Catalogue {

    private static final List<String> FILES = List.of(
            "identities.kinds",
            "applications.kinds",
            "access.kinds",
            "roles.kinds",
            "organization.kinds",
            "devices.kinds",
            "governance.kinds");

    private static final Map<ObjectKind, KindDescription> KINDS = new EnumMap<>(ObjectKind.class);
    private static final Map<LinkKind, LinkDescription> LINKS = new EnumMap<>(LinkKind.class);

    static {
        for (String file : FILES) {
            for (KindDescription kind : CatalogueReader.read(file)) {
                if (KINDS.put(kind.kind(), kind) != null) {
                    throw new IllegalStateException("kind " + kind.kind() + " is described twice");
                }
                kind.linkDescriptions().forEach(link -> LINKS.put(link.kind(), link));
            }
        }
    }

    private Catalogue() {}

    public static KindDescription of(ObjectKind kind) {
        KindDescription description = KINDS.get(kind);
        if (description == null) {
            throw new IllegalStateException("no description of kind " + kind);
        }
        return description;
    }

    public static LinkDescription of(LinkKind link) {
        LinkDescription description = LINKS.get(link);
        if (description == null) {
            throw new IllegalStateException("no description of link " + link);
        }
        return description;
    }

    /** The kinds that hang on another. */
    public static List<KindDescription> below(ObjectKind parent) {
        return Arrays.stream(ObjectKind.values())
                .map(Catalogue::of)
                .filter(kind -> kind.reach().parent().filter(parent::equals).isPresent())
                .toList();
    }

    /** All kinds, those first that others refer to. */
    public static List<KindDescription> inRestoreOrder() {
        return KINDS.values().stream()
                .sorted(Comparator.comparingInt(KindDescription::restoreOrder))
                .toList();
    }
}
