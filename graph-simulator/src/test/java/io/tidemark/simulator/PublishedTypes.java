package io.tidemark.simulator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** The types of Graph's published schema, as they are declared there. */
final class PublishedTypes {

    private static final String ROOT = "microsoft.graph";

    /** A declared property: of one value or of a list. */
    record Declared(String name, String type, boolean many, boolean nullable) {}

    private final Map<String, Element> structures = new LinkedHashMap<>();
    private final Map<String, Element> enumerations = new LinkedHashMap<>();
    private final Map<String, String> nested = new LinkedHashMap<>();

    static PublishedTypes read(Path file) {
        PublishedTypes types = new PublishedTypes();
        try {
            var document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
            var schemas = document.getElementsByTagName("Schema");
            for (int i = 0; i < schemas.getLength(); i++) {
                types.take((Element) schemas.item(i));
            }
        } catch (Exception e) {
            throw new IllegalStateException("the schema is not readable", e);
        }
        return types;
    }

    private void take(Element schema) {
        String namespace = schema.getAttribute("Namespace");
        for (String tag : List.of("EntityType", "ComplexType", "EnumType")) {
            var found = schema.getElementsByTagName(tag);
            for (int i = 0; i < found.getLength(); i++) {
                Element one = (Element) found.item(i);
                String own = one.getAttribute("Name");
                boolean main = namespace.equals(ROOT);
                String name = main ? own : namespace.substring(ROOT.length() + 1) + "." + own;
                Map<String, Element> table = tag.equals("EnumType") ? enumerations : structures;
                table.put(name, one);
                // The kinds leave the namespace out; the main one keeps its names.
                if (!main) {
                    nested.putIfAbsent(own, name);
                }
            }
        }
    }

    /** The name without the schema's own prefix. */
    private static String plain(String name) {
        for (String prefix : List.of(ROOT + ".", "graph.", "Edm.")) {
            if (name.startsWith(prefix)) {
                return name.substring(prefix.length());
            }
        }
        return name;
    }

    boolean has(String type) {
        return structures.containsKey(type);
    }

    private String full(String type) {
        return structures.containsKey(type) || enumerations.containsKey(type) ? type : nested.getOrDefault(type, type);
    }

    /** The structural properties of a type and of its parents. */
    List<Declared> properties(String type) {
        Element element = structures.get(full(type));
        if (element == null) {
            throw new IllegalStateException("the published schema has no type " + type);
        }
        String parent = element.getAttribute("BaseType");
        List<Declared> all = parent.isEmpty() ? new ArrayList<>() : properties(plain(parent));
        var declared = element.getElementsByTagName("Property");
        for (int i = 0; i < declared.getLength(); i++) {
            Element one = (Element) declared.item(i);
            String name = one.getAttribute("Type");
            boolean many = name.startsWith("Collection(");
            all.add(new Declared(
                    one.getAttribute("Name"),
                    plain(many ? name.substring("Collection(".length(), name.length() - 1) : name),
                    many,
                    !one.getAttribute("Nullable").equals("false")));
        }
        return all;
    }

    boolean isAbstract(String type) {
        return structures.get(full(type)).getAttribute("Abstract").equals("true");
    }

    boolean open(String type) {
        Element element = structures.get(full(type));
        String parent = element.getAttribute("BaseType");
        return element.getAttribute("OpenType").equals("true") || (!parent.isEmpty() && open(plain(parent)));
    }

    /** The type itself and those that descend from it, as far as objects can have them. */
    List<String> concrete(String type) {
        return structures.keySet().stream()
                .filter(one -> !isAbstract(one) && descends(one, type))
                .toList();
    }

    private boolean descends(String type, String ancestor) {
        for (String at = type; at != null; ) {
            if (at.equals(ancestor)) {
                return true;
            }
            Element element = structures.get(full(at));
            String parent = element == null ? "" : element.getAttribute("BaseType");
            at = parent.isEmpty() ? null : plain(parent);
        }
        return false;
    }

    /** The members of an enumeration that say something; none if the type is not one. */
    List<String> members(String type) {
        Element element = enumerations.get(full(type));
        List<String> names = new ArrayList<>();
        if (element != null) {
            var members = element.getElementsByTagName("Member");
            for (int i = 0; i < members.getLength(); i++) {
                String name = ((Element) members.item(i)).getAttribute("Name");
                if (!name.equals("unknownFutureValue")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    boolean flags(String type) {
        return enumerations.get(full(type)).getAttribute("IsFlags").equals("true");
    }
}
