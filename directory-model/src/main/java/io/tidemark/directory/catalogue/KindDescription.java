package io.tidemark.directory.catalogue;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one kind.
 *
 * @param kind the kind
 * @param path where Graph lists it, relative to the version, such as {@code users}
 * @param reading whether Graph offers delta queries for it
 * @param select the properties to ask for; empty where Graph returns all by default
 * @param properties every known property by name
 * @param recycleBin where its deleted objects are listed, relative to the version; empty if it has no recycle bin
 * @param restoreOrder objects of a lower number are put back first
 * @param readPermission the least application permission to read it
 * @param writePermission the least application permission to write it
 */
public record KindDescription(
        ObjectKind kind,
        String path,
        Reading reading,
        List<String> select,
        Map<String, Property> properties,
        Optional<String> recycleBin,
        int restoreOrder,
        String readPermission,
        String writePermission) {

    /** How a kind is read again after the first time. */
    public enum Reading {
        /** By delta query. */
        DELTA,
        /** By listing everything: Graph has no delta for it. */
        LIST
    }

    public KindDescription {
        select = List.copyOf(select);
        properties = Map.copyOf(properties);
    }

    /** The property of that name; empty if it is not known, as for an extension or one newer than this catalogue. */
    public Optional<Property> find(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    /** How the property can be put back. Directory extensions are writable; what is not known is left alone. */
    public PropertyClass classOf(String name) {
        Property property = properties.get(name);
        if (property != null) {
            return property.propertyClass();
        }
        return name.startsWith("extension_") ? PropertyClass.WRITABLE : PropertyClass.READ_ONLY;
    }

    /** The links that hang on this kind. */
    public List<LinkKind> links() {
        return Arrays.stream(LinkKind.values())
                .filter(link -> link.source() == kind)
                .toList();
    }
}
