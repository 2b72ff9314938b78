package io.tidemark.directory.coverage;

import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.Property;
import io.tidemark.directory.catalogue.PropertyClass;
import io.tidemark.directory.catalogue.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is done with one property.
 *
 * @param name Graph's name
 * @param captured whether it is recorded
 * @param compared whether a change of it is reported
 * @param restorable whether it can be put back
 * @param remark how it is put back, or why one of the three is not so
 * @param nativelyRecovered whether Microsoft's own backup recovers it
 */
public record PropertyCoverage(
        String name, boolean captured, boolean compared, boolean restorable, String remark, boolean nativelyRecovered) {

    /** Every property of a kind, those that are left out at the end. */
    public static List<PropertyCoverage> of(KindDescription kind) {
        List<PropertyCoverage> all = new ArrayList<>();
        for (Property property : kind.properties().values()) {
            if (property.name().indexOf('/') < 0) {
                all.add(of(kind, property));
            }
        }
        for (Map.Entry<String, String> left : kind.leftOut().entrySet()) {
            String name = left.getKey();
            boolean recovered = kind.nativeCoverage().covers(name);
            all.add(new PropertyCoverage(name, false, false, false, left.getValue(), recovered));
        }
        return all;
    }

    private static PropertyCoverage of(KindDescription kind, Property property) {
        boolean compared = !property.has(Trait.VOLATILE) && !property.has(Trait.UNSELECTABLE);
        PropertyClass way = property.propertyClass();
        boolean restorable = kind.restorability().isRestorable()
                && (way == PropertyClass.WRITABLE || way == PropertyClass.CREATE_ONLY);
        boolean recovered = kind.nativeCoverage().covers(property.name());
        return new PropertyCoverage(
                property.name(), true, compared, restorable, remark(kind, property, restorable), recovered);
    }

    private static String remark(KindDescription kind, Property property, boolean restorable) {
        if (restorable) {
            return property.propertyClass() == PropertyClass.WRITABLE ? "by PATCH" : "when the object is created anew";
        }
        if (property.has(Trait.VOLATILE)) {
            return "changes by itself";
        }
        if (property.has(Trait.SECRET)) {
            return "a secret; Graph never shows its value";
        }
        return switch (property.propertyClass()) {
            case READ_ONLY -> "set by Graph or another system";
            case SPECIAL ->
                kind.restorability().isRestorable()
                        ? "takes a request of its own, which this version does not send"
                        : kind.restorability().reason();
            case WRITABLE, CREATE_ONLY -> kind.restorability().reason();
        };
    }
}
