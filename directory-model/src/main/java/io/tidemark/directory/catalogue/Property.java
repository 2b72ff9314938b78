package io.tidemark.directory.catalogue;

import java.util.Set;

/**
 * One property of a kind.
 *
 * @param name Graph's name
 * @param propertyClass how it can be put back
 * @param traits what else is to be known
 */
public record Property(String name, PropertyClass propertyClass, Set<Trait> traits) {

    public Property {
        traits = Set.copyOf(traits);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
