package io.tidemark.directory.comparison;

import io.tidemark.directory.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One property that differs.
 *
 * @param path the property's path, parts joined by {@code /}, such as {@code onPremisesExtensionAttributes/extensionAttribute3}; a
 *     {@code /} or {@code ~} inside a name is spelled {@code ~1} or {@code ~0}
 * @param before the value before; null here means that the property was missing, which an explicit JSON null is not
 * @param after the value after, likewise
 */
public record PropertyChange(
        String path, @Nullable JsonValue before, @Nullable JsonValue after) {

    /** The change that takes it back. */
    public PropertyChange reversed() {
        return new PropertyChange(path, after, before);
    }

    /** The top-level property that this change is about. */
    public String property() {
        int slash = path.indexOf('/');
        return PropertyPath.unescaped(slash < 0 ? path : path.substring(0, slash));
    }

    /** Names the property only: values may be personal data. */
    @Override
    public String toString() {
        return path;
    }
}
