package io.tidemark.directory.catalogue;

import java.util.Set;

/**
 * What Microsoft's own backup recovers of a kind.
 *
 * @param all whether it says that it recovers all properties
 * @param properties those that it names, if it does not
 * @param note what else is to be known; empty text if nothing
 */
public record NativeCoverage(boolean all, Set<String> properties, String note) {

    public NativeCoverage {
        properties = Set.copyOf(properties);
    }

    /** Whether it recovers this property. */
    public boolean covers(String property) {
        return all || properties.contains(property);
    }

    /** Whether it knows the kind at all. */
    public boolean any() {
        return all || !properties.isEmpty() || !note.isEmpty();
    }
}
