package io.tidemark.snapshot.capture;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.Property;
import io.tidemark.directory.catalogue.Trait;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives an object one shape, however it was read. A delta query shows what it was asked for and leaves out what is unset; a list shows
 * everything, and what is unset as null or {@code []}.
 */
final class Shape {

    private Shape() {}

    static JsonObject of(ObjectKind kind, JsonObject read) {
        KindDescription description = Catalogue.of(kind);
        boolean delta = description.reading() == KindDescription.Reading.DELTA;
        boolean unselected = delta && description.select().isEmpty();
        Map<String, JsonValue> members = new LinkedHashMap<>(read.members());
        members.keySet()
                .removeIf(name -> isAnnotation(description, name) || unselected && isUnasked(description, name));
        if (unselected) {
            for (Property property : description.properties().values()) {
                if (isOwn(property.name()) && !property.has(Trait.UNSELECTABLE)) {
                    members.putIfAbsent(property.name(), JsonNull.NULL);
                }
            }
        }
        // A collection is never null: where nothing was ever set, one way of reading says null and the other leaves it
        // out.
        members.replaceAll((name, value) ->
                value instanceof JsonNull && isCollection(description, name) ? JsonArray.EMPTY : value);
        return Canonicaliser.completed(kind, new JsonObject(members));
    }

    private static boolean isAnnotation(KindDescription description, String name) {
        return name.indexOf('@') >= 0 && description.find(name).isEmpty();
    }

    // A delta query names the properties that it wants, so what only a list shows would seem to come and go.
    private static boolean isUnasked(KindDescription description, String name) {
        return description.find(name).isEmpty() && !name.startsWith("extension_");
    }

    private static boolean isCollection(KindDescription description, String name) {
        return description
                .find(name)
                .map(property -> property.has(Trait.COLLECTION))
                .orElse(false);
    }

    private static boolean isOwn(String name) {
        return name.indexOf('@') < 0 && name.indexOf('/') < 0;
    }
}
