package io.tidemark.directory.catalogue;

import java.util.List;
import java.util.Set;

/**
 * What a kind is called in Graph's schema.
 *
 * @param names the types whose properties it can have; none if it is put together of what Graph shows in another form
 * @param besides properties that Graph answers and the schema does not give the types
 * @param part whether only the described properties of the type are meant
 */
public record GraphTypes(List<String> names, Set<String> besides, boolean part) {

    public GraphTypes {
        names = List.copyOf(names);
        besides = Set.copyOf(besides);
    }
}
