package io.tidemark.directory.coverage;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.LeftOut;
import io.tidemark.directory.catalogue.Property;
import io.tidemark.directory.catalogue.PropertyClass;
import io.tidemark.directory.catalogue.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with one property, or with one relation that is no link of ours.
 *
 * @param name Graph's name
 * @param captured whether it is recorded with its kind
 * @param recordedAs the kind or link that it is recorded as instead; empty text if there is none
 * @param compared whether a change of it is reported
 * @param restorable whether it can be put back
 * @param remark how it is put back, or why one of the three is not so
 * @param personal whether it may hold personal data
 * @param nativelyRecovered whether Microsoft's own backup recovers it
 */
public record PropertyCoverage(
        String name,
        boolean captured,
        String recordedAs,
        boolean compared,
        boolean restorable,
        String remark,
        boolean personal,
        boolean nativelyRecovered) {

    private static final Set<ObjectKind> EXTENDED_KINDS = EnumSet.of(
            ObjectKind.USER,
            ObjectKind.GROUP,
            ObjectKind.ADMINISTRATIVE_UNIT,
            ObjectKind.APPLICATION,
            ObjectKind.DEVICE,
            ObjectKind.ORGANIZATION);
    private static final String BY_PATCH = "by PATCH";
    private static final String EXTENSION = "extension_{application}_{name}";

    /** Every property of a kind, those that are left out at the end. */
    public static List<PropertyCoverage> of(KindDescription kind) {
        List<PropertyCoverage> all = new ArrayList<>();
        for (Property property : kind.properties().values()) {
            if (property.name().indexOf('/') < 0) {
                all.add(of(kind, property));
            }
        }
        extension(kind).ifPresent(all::add);
        kind.leftOut().forEach((name, why) -> all.add(leftOut(kind, name, why)));
        return all;
    }

    /** The relations of a kind that are not recorded with it. */
    public static List<PropertyCoverage> beyond(KindDescription kind) {
        List<PropertyCoverage> all = new ArrayList<>();
        kind.beyond()
                .forEach((name, why) -> all.add(
                        new PropertyCoverage(name, false, why.recordedAs(), false, false, why.reason(), false, false)));
        return all;
    }

    /**
     * A property that Graph declares and the catalogue does not know.
     *
     * @param refused why lists do not show it; empty text if they do, so that it is recorded
     */
    public static PropertyCoverage newer(String name, String refused) {
        boolean recorded = refused.isEmpty();
        String remark = recorded
                ? "newer than the catalogue, class unknown: recorded as Graph shows it, never put back"
                : "newer than the catalogue, and lists do not show it: " + refused;
        return new PropertyCoverage(name, recorded, "", recorded, false, remark, true, false);
    }

    private static PropertyCoverage leftOut(KindDescription kind, String name, LeftOut why) {
        boolean recovered = kind.nativeCoverage().covers(name);
        return new PropertyCoverage(name, false, why.recordedAs(), false, false, why.reason(), false, recovered);
    }

    private static Optional<PropertyCoverage> extension(KindDescription kind) {
        String how = kind.restorability().isRestorable()
                ? BY_PATCH
                : kind.restorability().reason();
        return EXTENDED_KINDS.contains(kind.kind())
                ? Optional.of(new PropertyCoverage(
                        EXTENSION, true, "", true, kind.restorability().isRestorable(), how, true, false))
                : Optional.empty();
    }

    private static PropertyCoverage of(KindDescription kind, Property property) {
        boolean compared = !property.has(Trait.VOLATILE) && !property.has(Trait.UNSELECTABLE);
        PropertyClass way = property.propertyClass();
        boolean restorable = kind.restorability().isRestorable()
                && (way == PropertyClass.WRITABLE || way == PropertyClass.CREATE_ONLY);
        return new PropertyCoverage(
                property.name(),
                true,
                "",
                compared,
                restorable,
                restorable ? how(property) : why(kind, property),
                property.has(Trait.PERSONAL),
                kind.nativeCoverage().covers(property.name()));
    }

    private static String how(Property property) {
        if (property.propertyClass() == PropertyClass.CREATE_ONLY) {
            return "only when the object is created anew";
        }
        return property.has(Trait.NOT_CLEARABLE) ? BY_PATCH + ", but never back to nothing" : BY_PATCH;
    }

    private static String why(KindDescription kind, Property property) {
        if (property.has(Trait.VOLATILE)) {
            return "changes by itself, so it is not compared";
        }
        if (property.has(Trait.UNSELECTABLE)) {
            return "Graph shows it only to who names nothing, so it is not compared";
        }
        if (property.has(Trait.SECRET)) {
            return "holds a secret; what Graph shows of it is recorded and is not enough to put it back";
        }
        return switch (property.propertyClass()) {
            case READ_ONLY -> "set by Graph or another system";
            case SPECIAL ->
                kind.restorability().isRestorable()
                        ? "takes a request of its own, which this version does not send"
                        : kind.restorability().reason();
            case UNKNOWN -> "newer than the catalogue";
            case WRITABLE, CREATE_ONLY -> kind.restorability().reason();
        };
    }
}
