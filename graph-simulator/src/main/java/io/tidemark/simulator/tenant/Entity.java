package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The properties of one object at one moment. It never changes; neither may the values that it hands out. */
public final class Entity {

    private final Shape shape;
    private final JsonNode[] values;

    private Entity(Shape shape, JsonNode[] values) {
        this.shape = shape;
        this.values = values;
    }

    static Entity of(ObjectNode object, UnaryOperator<JsonNode> intern) {
        List<String> names = new ArrayList<>(object.size());
        JsonNode[] values = new JsonNode[object.size()];
        int i = 0;
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            names.add(property.getKey());
            values[i++] = intern.apply(property.getValue());
        }
        return new Entity(Shape.of(names), values);
    }

    static Entity of(ObjectNode object) {
        return of(object, UnaryOperator.identity());
    }

    /** The value of a property, if it has one; a property that was cleared has JSON's null. */
    public @Nullable JsonNode get(String name) {
        int position = shape.position(name);
        return position < 0 ? null : values[position];
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

    /** Shows every property in order. */
    public void forEach(BiConsumer<String, JsonNode> consumer) {
        for (int i = 0; i < values.length; i++) {
            consumer.accept(shape.name(i), values[i]);
        }
    }

    Entity with(Map<String, JsonNode> changes) {
        boolean known = true;
        for (String name : changes.keySet()) {
            known &= shape.position(name) >= 0;
        }
        if (known) {
            JsonNode[] next = values.clone();
            changes.forEach((name, value) -> next[shape.position(name)] = value);
            return new Entity(shape, next);
        }
        ObjectNode all = toJson();
        changes.forEach(all::set);
        return of(all);
    }

    Entity without(String name) {
        ObjectNode all = toJson();
        all.remove(name);
        return of(all);
    }

    /** A copy as a JSON object; its values are shared. */
    public ObjectNode toJson() {
        ObjectNode object = Json.object();
        forEach(object::set);
        return object;
    }
}
