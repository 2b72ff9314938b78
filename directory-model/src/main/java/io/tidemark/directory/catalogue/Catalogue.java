package io.tidemark.directory.catalogue;

import io.tidemark.directory.ObjectKind;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The description of every kind. */
public final class Catalogue {

    private static final Map<ObjectKind, KindDescription> KINDS = new EnumMap<>(ObjectKind.class);

    static {
        for (ObjectKind kind : ObjectKind.values()) {
            KINDS.put(kind, describe(kind));
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

    /** All kinds, those first that others refer to. */
    public static List<KindDescription> inRestoreOrder() {
        return KINDS.values().stream()
                .sorted(Comparator.comparingInt(KindDescription::restoreOrder))
                .toList();
    }

    private static KindDescription describe(ObjectKind kind) {
        return switch (kind) {
            case USER -> UserTable.DESCRIPTION;
            case GROUP -> GroupTable.DESCRIPTION;
            case APPLICATION -> ApplicationTable.DESCRIPTION;
            case SERVICE_PRINCIPAL -> ServicePrincipalTable.DESCRIPTION;
            case NAMED_LOCATION -> PolicyTables.NAMED_LOCATION;
            case CONDITIONAL_ACCESS_POLICY -> PolicyTables.CONDITIONAL_ACCESS_POLICY;
            case ROLE_ASSIGNMENT -> PolicyTables.ROLE_ASSIGNMENT;
        };
    }
}
