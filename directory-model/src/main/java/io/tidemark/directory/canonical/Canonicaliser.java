package io.tidemark.directory.canonical;

import io.tidemark.directory.DirectoryObject;
import io.tidemark.directory.Link;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.Property;
import io.tidemark.directory.catalogue.Trait;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Brings an object into the form that is compared and hashed: volatile properties and annotations are gone, members are in order of name,
 * sets are in order of content, numbers are without trailing zeros. Null, empty text, empty list and missing stay four different things.
 */
public final class Canonicaliser {

    static final String ODATA_TYPE = "@odata.type";

    private static final Map<ObjectKind, JsonObject> UNSET = new ConcurrentHashMap<>();

    private Canonicaliser() {}

    /** The canonical form of an object's properties. */
    public static JsonObject canonical(ObjectKind kind, JsonObject properties) {
        KindDescription description = Catalogue.of(kind);
        Map<String, JsonValue> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonValue> member : properties.members().entrySet()) {
            String name = member.getKey();
            if (isNoise(description, name)) {
                continue;
            }
            sorted.put(name, canonicalValue(description, name, member.getValue()));
        }
        return new JsonObject(sorted);
    }

    /** The hash of the canonical form: the same for two reads between which nothing was changed. */
    public static ContentHash hash(ObjectKind kind, JsonObject properties) {
        return ContentHash.of(CanonicalText.of(Catalogue.of(kind), properties).view());
    }

    /** As {@link #hash(ObjectKind, JsonObject)}. */
    public static ContentHash hash(DirectoryObject object) {
        return hash(object.ref().kind(), object.properties());
    }

    /** The hash of a link: it says no more than that the link is there. */
    public static ContentHash hash(Link link) {
        return linkHash(link.key());
    }

    /** As {@link #hash(Link)}, of the link with this key. */
    public static ContentHash linkHash(StateKey key) {
        return ContentHash.of(key.text().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The object with every property that was asked for: a delta query leaves out what is unset, a list shows it as null or {@code []}.
     */
    public static JsonObject completed(ObjectKind kind, JsonObject properties) {
        Map<String, JsonValue> completed = new LinkedHashMap<>(properties.members());
        complete(kind, completed);
        return new JsonObject(completed);
    }

    /** As {@link #completed}, of properties that are not an object yet. */
    public static void complete(ObjectKind kind, Map<String, JsonValue> properties) {
        UNSET.computeIfAbsent(kind, Canonicaliser::unset).members().forEach(properties::putIfAbsent);
    }

    /** Every property of a kind that is asked for, as it is when it is unset. */
    private static JsonObject unset(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);
        Map<String, JsonValue> unset = new LinkedHashMap<>();
        for (String name : description.select()) {
            boolean collection =
                    description.find(name).map(p -> p.has(Trait.COLLECTION)).orElse(false);
            unset.put(name, collection ? JsonArray.EMPTY : JsonNull.NULL);
        }
        return new JsonObject(unset);
    }

    static boolean isNoise(KindDescription description, String name) {
        if (name.equals(ODATA_TYPE)) {
            return description.find(name).isEmpty();
        }
        if (name.startsWith("@") || name.indexOf('@') > 0) {
            return true;
        }
        return description
                .find(name)
                .map(p -> p.has(Trait.VOLATILE) || p.has(Trait.UNSELECTABLE))
                .orElse(false);
    }

    private static JsonValue canonicalValue(KindDescription description, String path, JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> sorted = new TreeMap<>();
            object.members().forEach((name, member) -> {
                String inner = path + "/" + name;
                boolean noise = name.indexOf('@') >= 0 && !name.equals(ODATA_TYPE);
                if (!noise && !hasTrait(description, inner, Trait.VOLATILE)) {
                    sorted.put(name, canonicalValue(description, inner, member));
                }
            });
            return new JsonObject(sorted);
        }
        if (value instanceof JsonArray array) {
            return canonicalArray(description, path, array);
        }
        if (value instanceof JsonNumber number) {
            return new JsonNumber(number.canonicalText());
        }
        if (value instanceof JsonString text && hasTrait(description, path, Trait.COMMA_SET)) {
            return new JsonString(sortedWords(text.value(), ","));
        }
        if (value instanceof JsonString text && hasTrait(description, path, Trait.SPACE_SET)) {
            return new JsonString(sortedWords(text.value(), " "));
        }
        return value;
    }

    private static JsonArray canonicalArray(KindDescription description, String path, JsonArray array) {
        List<JsonValue> elements = new ArrayList<>(array.elements().size());
        for (JsonValue element : array.elements()) {
            elements.add(canonicalValue(description, path, element));
        }
        return new JsonArray(
                elements.size() < 2 || hasTrait(description, path, Trait.ORDERED) ? elements : sorted(elements));
    }

    /** By their texts, each written once. */
    private static List<JsonValue> sorted(List<JsonValue> elements) {
        record Written(String text, JsonValue value) {}
        return elements.stream()
                .map(element -> new Written(JsonText.text(element), element))
                .sorted(Comparator.comparing(Written::text))
                .map(Written::value)
                .toList();
    }

    static boolean hasTrait(KindDescription description, String path, Trait trait) {
        return description
                .find(path)
                .map(Property::traits)
                .map(traits -> traits.contains(trait))
                .orElse(false);
    }

    static String sortedWords(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .sorted()
                .collect(Collectors.joining(separator));
    }
}
