package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** The published schema of Graph, as far as objects can be held against it. */
final class PublishedSchema {

    private final Map<String, Element> types = new HashMap<>();

    static PublishedSchema read(Path file) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            var document = factory.newDocumentBuilder().parse(file.toFile());
            var schema = new PublishedSchema();
            for (var tag : List.of("EntityType", "ComplexType", "EnumType")) {
                var found = document.getElementsByTagName(tag);
                for (var i = 0; i < found.getLength(); i++) {
                    var element = (Element) found.item(i);
                    schema.types.putIfAbsent(element.getAttribute("Name").toLowerCase(Locale.ROOT), element);
                }
            }
            return schema;
        } catch (Exception e) {
            throw new IllegalStateException("the schema is not readable", e);
        }
    }

    boolean hasNavigation(String typeAndName) {
        var parts = typeAndName.split("\\.");
        return member(parts[0], "NavigationProperty", parts[1]) != null;
    }

    void check(String type, JsonNode object, String at, List<String> faults) {
        var concrete =
                object.path("@odata.type").asText("#microsoft.graph." + type).substring("#microsoft.graph.".length());
        object.properties().forEach(property -> {
            var name = property.getKey();
            if (name.contains("@")) {
                return;
            }
            var declared = member(concrete, "Property", name);
            if (declared == null) {
                declared = member(concrete, "NavigationProperty", name);
            }
            if (declared == null && openValue(concrete)) {
                return;
            }
            if (declared == null) {
                faults.add(at + ": " + concrete + " has no property " + name);
            } else if (declared != null) {
                checkValue(declared, property.getValue(), at + "." + name, faults);
            }
        });
    }

    /** Values that hold whatever a tenant defines. */
    private boolean openValue(String typeName) {
        var type = types.get(typeName.toLowerCase(Locale.ROOT));
        return type != null
                && type.getTagName().equals("ComplexType")
                && type.getAttribute("OpenType").equals("true");
    }

    private void checkValue(Element declared, JsonNode value, String at, List<String> faults) {
        var type = declared.getAttribute("Type");
        if (value.isNull()) {
            if (declared.getAttribute("Nullable").equals("false")) {
                faults.add(at + " must not be null");
            }
            return;
        }
        if (type.startsWith("Collection(")) {
            if (!value.isArray()) {
                faults.add(at + " must be a list");
            }
            value.forEach(element -> checkOne(type.substring(11, type.length() - 1), element, at, faults));
        } else {
            checkOne(type, value, at, faults);
        }
    }

    private void checkOne(String type, JsonNode value, String at, List<String> faults) {
        var name = type.substring(type.lastIndexOf('.') + 1);
        var fits = switch (name) {
            case "String", "Binary", "Stream" ->
                value.isTextual() && !value.asText().isEmpty();
            case "Boolean" -> value.isBoolean();
            case "Int32" -> value.isInt();
            case "Guid" ->
                value.isTextual() && UUID.fromString(value.asText()).toString().equals(value.asText());
            case "DateTimeOffset" -> isMoment(value.asText());
            case "Duration" -> value.isTextual() && value.asText().startsWith("P");
            default -> fitsDeclared(name, value, at, faults);
        };
        if (!fits) {
            faults.add(at + " is no " + name + ": " + value);
        }
    }

    private boolean fitsDeclared(String name, JsonNode value, String at, List<String> faults) {
        var type = types.get(name.toLowerCase(Locale.ROOT));
        if (type == null) {
            return false;
        }
        if (type.getTagName().equals("EnumType")) {
            var flags = type.getAttribute("IsFlags").equals("true");
            var members = type.getElementsByTagName("Member");
            return Arrays.stream(flags ? value.asText().split(",") : new String[] {value.asText()})
                    .allMatch(part -> {
                        for (var i = 0; i < members.getLength(); i++) {
                            if (((Element) members.item(i)).getAttribute("Name").equals(part)) {
                                return true;
                            }
                        }
                        return false;
                    });
        }
        if (!value.isObject()) {
            return false;
        }
        check(type.getAttribute("Name"), value, at, faults);
        return true;
    }

    private Element member(String typeName, String tag, String name) {
        for (var type = types.get(typeName.toLowerCase(Locale.ROOT)); type != null; type = parent(type)) {
            var members = type.getElementsByTagName(tag);
            for (var i = 0; i < members.getLength(); i++) {
                if (((Element) members.item(i)).getAttribute("Name").equals(name)) {
                    return (Element) members.item(i);
                }
            }
        }
        return null;
    }

    private Element parent(Element type) {
        var parent = type.getAttribute("BaseType");
        return parent.isEmpty()
                ? null
                : types.get(parent.substring(parent.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isMoment(String text) {
        try {
            return Instant.parse(text).toString().equals(text);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
