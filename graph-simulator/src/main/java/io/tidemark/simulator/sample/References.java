package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Puts ids in the place of names such as <code>{group:Fraud Desk}</code> all through a document. */
final class References {

    private static final Pattern REFERENCE = Pattern.compile("\\{(?<sort>[a-z]+):(?<name>[^}]+)}");

    /** What a reference stands for. */
    record Reference(String sort, String name) {}

    private References() {}

    /** The document with ids; an element of a list whose reference leads nowhere is left out. */
    static JsonNode resolve(JsonNode document, Function<Reference, Optional<JsonNode>> ids) {
        if (document instanceof ObjectNode object) {
            var resolved = object.objectNode();
            object.properties().forEach(member -> resolved.set(member.getKey(), resolve(member.getValue(), ids)));
            return resolved;
        }
        if (document instanceof ArrayNode array) {
            var resolved = array.arrayNode();
            for (var element : array) {
                var value = resolve(element, ids);
                if (!value.isMissingNode()) {
                    resolved.add(value);
                }
            }
            return resolved;
        }
        if (document instanceof TextNode text) {
            var reference = REFERENCE.matcher(text.textValue());
            if (reference.matches()) {
                return ids.apply(new Reference(reference.group("sort"), reference.group("name")))
                        .orElseGet(MissingNode::getInstance);
            }
        }
        return document;
    }
}
