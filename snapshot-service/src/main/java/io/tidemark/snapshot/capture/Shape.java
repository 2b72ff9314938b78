package io.tidemark.snapshot.capture;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.Trait;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.snapshot.capture.newer.NewerProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives an object one shape, however it was read: a delta query leaves out what is unset, a list shows it as null or {@code []}. Nothing that
 * says something is taken away: properties and types that the catalogue does not know stay as they came.
 */
final class Shape {

    private static final String TYPE = "@odata.type";
    private static final String EXTENSION = "extension_";

    /** What is not asked for by name, and left out by a delta query while it is unset. Found out once, for objects come by the million. */
    private static final Map<ObjectKind, List<String>> SHOWN_UNASKED = new ConcurrentHashMap<>();

    private Shape() {}

    static JsonObject of(ObjectKind kind, JsonObject read) {
        return of(kind, read, List.of());
    }

    /** As {@link #of(ObjectKind, JsonObject)}, where properties were asked for that are newer than the catalogue. */
    static JsonObject of(ObjectKind kind, JsonObject read, List<NewerProperty> newer) {
        KindDescription description = Catalogue.of(kind);
        Map<String, JsonValue> members = new LinkedHashMap<>();
        read.members().forEach((name, value) -> {
            if (!isAnnotation(description, name, read) && !isUnsetExtension(description, name, value)) {
                members.put(name, value);
            }
        });
        for (String name : SHOWN_UNASKED.computeIfAbsent(kind, Shape::shownUnasked)) {
            members.putIfAbsent(name, JsonNull.NULL);
        }
        for (NewerProperty property : newer) {
            JsonValue unset = property.collection() ? JsonArray.EMPTY : JsonNull.NULL;
            members.merge(property.name(), unset, (shown, none) -> shown instanceof JsonNull ? none : shown);
        }
        // A collection is never null: where nothing was ever set, one way of reading says null and the other leaves it
        // out.
        members.replaceAll((name, value) ->
                value instanceof JsonNull && isCollection(description, name) ? JsonArray.EMPTY : value);
        Canonicaliser.complete(kind, members);
        return new JsonObject(members);
    }

    /** Of what is a part of another object, only those are objects of the kind that have the part. */
    static boolean isEmptyPart(ObjectKind kind, JsonObject read) {
        KindDescription description = Catalogue.of(kind);
        return description.types().part()
                && read.members().entrySet().stream()
                        .filter(member -> member.getKey().indexOf('@') < 0
                                && !member.getKey().equals(description.reach().key()))
                        .allMatch(member ->
                                member.getValue().isNull() || member.getValue().equals(JsonArray.EMPTY));
    }

    /** What a delta query told of an object that no second look found, as the second look would have shown it. */
    static JsonObject ofTold(ObjectKind kind, JsonObject told) {
        Map<String, JsonValue> members = new LinkedHashMap<>(told.members());
        leftOutByDelta(kind).forEach(name -> members.putIfAbsent(name, JsonNull.NULL));
        return new JsonObject(members);
    }

    // What may be listed instead was listed before it was told of, and has the shape of a list.
    private static List<String> shownUnasked(ObjectKind kind) {
        return Catalogue.of(kind).reach().listedElse() ? List.of() : leftOutByDelta(kind);
    }

    private static List<String> leftOutByDelta(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);
        return description.isToldByName() ? description.named() : List.of();
    }

    private static boolean isAnnotation(KindDescription description, String name, JsonObject read) {
        if (name.indexOf('@') < 0 || description.find(name).isPresent()) {
            return false;
        }
        boolean saysMore = read.findString(TYPE)
                .filter(type -> !description.types().names().contains(type.substring(type.lastIndexOf('.') + 1)))
                .isPresent();
        return !name.equals(TYPE) || !saysMore;
    }

    // Which extensions there are is no property of the object: one that it has no value for is as if it were not there.
    private static boolean isUnsetExtension(KindDescription description, String name, JsonValue value) {
        boolean unset = value instanceof JsonNull || value instanceof JsonArray array && array.isEmpty();
        return unset
                && (name.startsWith(EXTENSION)
                        || description.reach().extended()
                                && description.find(name).isEmpty());
    }

    private static boolean isCollection(KindDescription description, String name) {
        return description
                .find(name)
                .map(property -> property.has(Trait.COLLECTION))
                .orElse(false);
    }
}
