package io.tidemark.simulator.entity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The properties of one object at one moment, packed. It never changes; the values that it hands out are copies. */
public final class Entity {

    private final Shape shape;
    private final byte[] packed;

    private Entity(Shape shape, byte[] packed) {
        this.shape = shape;
        this.packed = packed;
    }

    /** What an object holds. */
    public static Entity of(ObjectNode object) {
        Packer packer = Packer.fresh();
        Shape shape = packer.shape(object);
        int position = 0;
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            packer.value(property.getValue(), shape.pool(position++));
        }
        return new Entity(shape, packer.done());
    }

    private Packed at(int position) {
        Packed place = new Packed(packed, 0);
        for (int i = 0; i < position; i++) {
            place.skip();
        }
        return place;
    }

    /** The value of a property, if it has one; a property that was cleared has JSON's null. */
    public @Nullable JsonNode get(String name) {
        int position = shape.position(name);
        return position < 0 ? null : at(position).value(shape.pool(position));
    }

    /** The text of a property; {@code null} if it has none. */
    public @Nullable String text(String name) {
        JsonNode value = get(name);
        return value == null || value.isNull() ? null : value.asText();
    }

    /** Whether the property is the JSON value true. */
    public boolean isTrue(String name) {
        JsonNode value = get(name);
        return value != null && value.asBoolean();
    }

    /** Whether a property that is a list of texts holds this text. */
    public boolean holds(String name, String text) {
        JsonNode value = get(name);
        if (value != null && value.isArray()) {
            for (JsonNode item : value) {
                if (item.asText().equals(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether both have the same value of a property, to the byte. */
    public boolean same(String name, Entity other) {
        return Objects.equals(get(name), other.get(name));
    }

    /** Shows every property in order. */
    public void forEach(BiConsumer<String, JsonNode> consumer) {
        Packed place = new Packed(packed, 0);
        for (int i = 0; i < shape.size(); i++) {
            consumer.accept(shape.name(i), place.value(shape.pool(i)));
        }
    }

    /** The names of all properties, in order. */
    public List<String> names() {
        List<String> names = new ArrayList<>(shape.size());
        for (int i = 0; i < shape.size(); i++) {
            names.add(shape.name(i));
        }
        return names;
    }

    /** What writes the properties as JSON. */
    public Writer writer() {
        return new Writer(shape, packed);
    }

    /** Writes single properties of an object as JSON without unpacking it. The generator must write bytes, not characters. */
    public static final class Writer {
        private final Shape shape;
        private final Packed place;
        private final int[] starts;

        private Writer(Shape shape, byte[] packed) {
            this.shape = shape;
            this.place = new Packed(packed, 0);
            this.starts = new int[shape.size()];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = place.at();
                place.skip();
            }
        }

        /** Whether the object has a value other than null in a property. */
        public boolean has(String name) {
            int position = shape.position(name);
            if (position < 0) {
                return false;
            }
            place.to(starts[position]);
            return !place.isNull();
        }

        /** Writes the value of a property that the object has. */
        public void write(JsonGenerator out, String name) throws IOException {
            int position = shape.position(name);
            place.to(starts[position]);
            place.write(out, shape.pool(position));
        }
    }

    /** The same with other values of these properties. */
    public Entity with(Map<String, JsonNode> changes) {
        for (String name : changes.keySet()) {
            if (shape.position(name) < 0) {
                ObjectNode all = toJson();
                changes.forEach(all::set);
                return of(all);
            }
        }
        Packer packer = Packer.fresh();
        Packed place = new Packed(packed, 0);
        for (int i = 0; i < shape.size(); i++) {
            int from = place.at();
            place.skip();
            JsonNode change = changes.get(shape.name(i));
            if (change == null) {
                packer.copy(packed, from, place.at());
            } else {
                packer.value(change, shape.pool(i));
            }
        }
        return new Entity(shape, packer.done());
    }

    Entity without(String name) {
        ObjectNode all = toJson();
        all.remove(name);
        return of(all);
    }

    /** A copy as a JSON object. */
    public ObjectNode toJson() {
        ObjectNode object = Json.object();
        forEach(object::set);
        return object;
    }
}
