package io.tidemark.diff.compare;

import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.comparison.PropertyChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that differs of one object between two moments, the links that hang on it included.
 *
 * @param object the object
 * @param name what people call it, if that is known
 * @param action what happened to the object as a whole
 * @param properties the properties that differ; none unless the object was present at both moments
 * @param links the links that differ, in order of relation and target
 */
public record Difference(
        ObjectRef object,
        @Nullable String name,
        Action action,
        List<PropertyChange> properties,
        List<LinkChange> links) {

    public Difference {
        properties = List.copyOf(properties);
        links = List.copyOf(links);
    }

    /** Names the object only: its name is personal data. */
    @Override
    public String toString() {
        return action + " " + object;
    }
}
