package io.tidemark.directory.catalogue;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one kind.
 *
 * @param kind the kind
 * @param reach where it is and how it is read
 * @param types what Graph's schema calls it
 * @param properties its properties, and paths below them of which more is to be known, by name
 * @param rest what a property is of which the catalogue says nothing
 * @param leftOut properties that are not recorded with the kind, with the reason
 * @param beyond relations to other objects that are not recorded with the kind, with the reason
 * @param restoreOrder kinds with a smaller number come back first
 * @param access what it takes to read and write it
 * @param restorability whether its objects can be put back
 * @param nativeCoverage what Microsoft's own backup recovers of it
 * @param linkDescriptions the links that hang on it
 */
public record KindDescription(
        ObjectKind kind,
        Reach reach,
        GraphTypes types,
        Map<String, Property> properties,
        Optional<Property> rest,
        Map<String, LeftOut> leftOut,
        Map<String, LeftOut> beyond,
        int restoreOrder,
        Access access,
        Restorability restorability,
        NativeCoverage nativeCoverage,
        List<LinkDescription> linkDescriptions) {

    /** How a kind is read. */
    public enum Reading {
        /** By delta query. */
        DELTA,
        /** By listing everything: Graph has no delta for it. */
        LIST,
        /** It is one object. */
        SINGLETON,
        /** By listing what hangs on each object of another kind. */
        CHILDREN,
        /** It is one object below each object of another kind. */
        CHILD;

        /** Whether it hangs on objects of another kind. */
        public boolean isBelowAnother() {
            return this == CHILDREN || this == CHILD;
        }
    }

    private static final String EXTENSION = "extension_";

    public KindDescription {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
        beyond = Collections.unmodifiableMap(new LinkedHashMap<>(beyond));
        linkDescriptions = List.copyOf(linkDescriptions);
    }

    public String path() {
        return reach.path();
    }

    public Reading reading() {
        return reach.reading();
    }

    public Optional<String> recycleBin() {
        return reach.recycleBin();
    }

    /** The properties to ask for by name; empty if Graph shows all without being asked. */
    public List<String> select() {
        return reach.selected() ? named() : List.of();
    }

    /** Whether its objects show only what is asked for by name, so that one has to know what there is. */
    public boolean isShownByName() {
        return reach.selected() && !reach.extended() && !types.part();
    }

    /** Whether its objects show everything unasked, but only changes to what is asked for by name are told. */
    public boolean isToldByName() {
        return reading() == Reading.DELTA && !reach.selected();
    }

    /** Whether the catalogue neither has the property nor says why it is left out, as of one that is newer. */
    public boolean isNewer(String name) {
        return !properties.containsKey(name)
                && !leftOut.containsKey(name)
                && !name.startsWith(EXTENSION)
                && name.indexOf('@') < 0;
    }

    /** Every property that can be asked for by name. */
    public List<String> named() {
        return properties.values().stream()
                .filter(property -> !property.has(Trait.UNSELECTABLE))
                .map(Property::name)
                .filter(name -> name.indexOf('@') < 0
                        && name.indexOf('/') < 0
                        && !types.besides().contains(name))
                .toList();
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
        if (name.startsWith(EXTENSION)) {
            return PropertyClass.WRITABLE;
        }
        return rest.map(Property::propertyClass).orElse(PropertyClass.UNKNOWN);
    }

    /** Whether its objects have the ids of others, so that neither need be gone with the other. */
    public boolean hasIdsOfAnother() {
        return types.part() || reach.about().isPresent();
    }

    /** The links that hang on this kind. */
    public List<LinkKind> links() {
        return linkDescriptions.stream().map(LinkDescription::kind).toList();
    }
}
