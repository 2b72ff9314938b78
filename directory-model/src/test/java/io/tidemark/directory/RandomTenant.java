package io.tidemark.directory;

import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.comparison.TenantState;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonNumber;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Made-up tenants from a seed: small worlds, so that two states of one share many objects. */
public final class RandomTenant {

    private static final int IDS = 6;
    private static final List<String> ODD_NAMES =
            List.of("", "a/b", "~", "~1", "extension_0f_x", "x@odata.type", "@odata.etag", "@odata.type");
    private static final List<String> NUMBERS =
            List.of("0", "-0", "1", "1.0", "1e2", "100", "2.50", "2.5", "12345678901234567890");
    private static final List<String> TEXTS = List.of("", "a", "b", "b,a", "a,b", "null", "Ü✓");

    private final Random dice;

    public RandomTenant(long seed) {
        this.dice = new Random(seed);
    }

    public TenantState state() {
        List<DirectoryObject> objects = new ArrayList<>();
        for (ObjectKind kind : ObjectKind.values()) {
            for (int id = 0; id < IDS; id++) {
                if (dice.nextBoolean()) {
                    objects.add(new DirectoryObject(ObjectRef.of(kind, "id" + id), properties(kind)));
                }
            }
        }
        return TenantState.of(objects, links());
    }

    public ObjectKind kind() {
        return ObjectKind.values()[dice.nextInt(ObjectKind.values().length)];
    }

    /** An object's properties as they could be read. */
    public JsonObject properties(ObjectKind kind) {
        KindDescription description = Catalogue.of(kind);
        List<String> known =
                new ArrayList<>(new TreeSet<>(description.properties().keySet()));
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        for (int i = dice.nextInt(8); i > 0; i--) {
            String name = dice.nextInt(4) == 0
                    ? ODD_NAMES.get(dice.nextInt(ODD_NAMES.size()))
                    : known.get(dice.nextInt(Math.min(known.size(), 6)));
            // What such a kind lacks of what is newer than the catalogue was not asked for, so that it never differs.
            boolean unread = description.isShownByName() && description.isNewer(name);
            properties.put(unread ? "extension_0f_" + name : name, value(3));
        }
        return new JsonObject(properties);
    }

    /** The same content in another order: members, elements of sets and spelling of numbers. */
    public JsonValue shuffled(JsonValue value) {
        if (value instanceof JsonObject object) {
            List<String> names = new ArrayList<>(object.names());
            Collections.shuffle(names, dice);
            Map<String, JsonValue> members = new LinkedHashMap<>();
            names.forEach(name -> members.put(name, shuffled(object.members().get(name))));
            return new JsonObject(members);
        }
        if (value instanceof JsonArray array) {
            List<JsonValue> elements = new ArrayList<>();
            array.elements().forEach(element -> elements.add(shuffled(element)));
            Collections.shuffle(elements, dice);
            return new JsonArray(elements);
        }
        if (value instanceof JsonNumber number) {
            return new JsonNumber(
                    number.value().toPlainString() + (number.value().scale() > 0 ? "00" : ".0"));
        }
        return value;
    }

    private Set<Link> links() {
        Set<Link> links = new HashSet<>();
        for (int i = dice.nextInt(12); i > 0; i--) {
            LinkKind kind = LinkKind.values()[dice.nextInt(LinkKind.values().length)];
            links.add(Link.of(kind, "id" + dice.nextInt(IDS), "id" + dice.nextInt(IDS)));
        }
        return links;
    }

    private JsonValue value(int depth) {
        return switch (dice.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.of(dice.nextBoolean());
            case 2 -> new JsonNumber(NUMBERS.get(dice.nextInt(NUMBERS.size())));
            case 3, 4 -> new JsonString(TEXTS.get(dice.nextInt(TEXTS.size())));
            case 5 -> JsonArray.EMPTY;
            case 6 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private JsonArray array(int depth) {
        List<JsonValue> elements = new ArrayList<>();
        for (int i = dice.nextInt(4); i > 0; i--) {
            elements.add(value(depth));
        }
        return new JsonArray(elements);
    }

    private JsonObject object(int depth) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = dice.nextInt(4); i > 0; i--) {
            String name = dice.nextInt(4) == 0 ? ODD_NAMES.get(dice.nextInt(ODD_NAMES.size())) : "m" + dice.nextInt(3);
            members.put(name, value(depth));
        }
        return new JsonObject(members);
    }
}
