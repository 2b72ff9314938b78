package io.tidemark.snapshot.capture.newer;

import io.tidemark.directory.ObjectKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the properties of one tenant that are newer than the catalogue.
 *
 * @param lookedAt when Graph's declaration was read last
 * @param tag what it was known by then; empty text if Graph does not say
 * @param kinds the properties by kind, in order of name
 */
public record NewerProperties(Instant lookedAt, String tag, Map<ObjectKind, List<NewerProperty>> kinds) {

    public static final NewerProperties NONE = new NewerProperties(Instant.EPOCH, "", Map.of());

    public NewerProperties {
        kinds = Map.copyOf(kinds);
    }

    public List<NewerProperty> of(ObjectKind kind) {
        return kinds.getOrDefault(kind, List.of());
    }

    /** The same with other properties of a kind. */
    NewerProperties with(ObjectKind kind, List<NewerProperty> properties) {
        Map<ObjectKind, List<NewerProperty>> changed = new EnumMap<>(ObjectKind.class);
        changed.putAll(kinds);
        changed.put(kind, List.copyOf(properties));
        return new NewerProperties(lookedAt, tag, changed);
    }
}
