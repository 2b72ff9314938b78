package io.tidemark.directory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Graph's published schema, read anew for the tests: what properties a type has, its bases' included. */
final class GraphSchema {

    private static final int DEEPEST = 7;

    private final Map<String, Element> types = new HashMap<>();
    private final Map<String, Element> complex = new HashMap<>();
    private final Map<String, List<String>> derived = new HashMap<>();
    private final Set<String> flags = new TreeSet<>();
    private final Set<String> roots = new TreeSet<>();

    private GraphSchema(Document document) {
        NodeList found = document.getElementsByTagNameNS("*", "EntityType");
        for (int i = 0; i < found.getLength(); i++) {
            Element type = (Element) found.item(i);
            boolean main =
                    ((Element) type.getParentNode()).getAttribute("Namespace").equals("microsoft.graph");
            if (main) {
                types.put(type.getAttribute("Name"), type);
                noteBase(type);
            }
        }
        NodeList values = document.getElementsByTagNameNS("*", "ComplexType");
        for (int i = 0; i < values.getLength(); i++) {
            Element type = (Element) values.item(i);
            complex.put(type.getAttribute("Name"), type);
            noteBase(type);
        }
        NodeList words = document.getElementsByTagNameNS("*", "EnumType");
        for (int i = 0; i < words.getLength(); i++) {
            Element type = (Element) words.item(i);
            if (type.getAttribute("IsFlags").equals("true")) {
                flags.add(type.getAttribute("Name"));
            }
        }
        for (String served : List.of("EntitySet", "Singleton")) {
            NodeList sets = document.getElementsByTagNameNS("*", served);
            for (int i = 0; i < sets.getLength(); i++) {
                roots.add(((Element) sets.item(i)).getAttribute("Name"));
            }
        }
    }

    /** With what an address can begin. */
    Set<String> roots() {
        return roots;
    }

    /** The schema in the reference data; without it the test is skipped. */
    static GraphSchema read() throws IOException, SAXException, ParserConfigurationException {
        String folder = System.getProperty("reference.data", "");
        Path file = Path.of(folder, "graph-v1.0-metadata.xml");
        assumeTrue(
                !folder.isBlank() && Files.exists(file),
                "skipped: Graph's schema is not there; name its folder with -Dreference.data=…");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return new GraphSchema(factory.newDocumentBuilder().parse(file.toFile()));
    }

    /** The properties of a type and of its bases, with their types. */
    Map<String, String> properties(String name) {
        Element type = types.get(name);
        assertThat(type).as("type %s", name).isNotNull();
        Map<String, String> properties = new TreeMap<>();
        String base = type.getAttribute("BaseType");
        if (!base.isEmpty()) {
            properties.putAll(properties(base.substring(base.lastIndexOf('.') + 1)));
        }
        NodeList own = type.getElementsByTagNameNS("*", "Property");
        for (int i = 0; i < own.getLength(); i++) {
            Element property = (Element) own.item(i);
            properties.put(property.getAttribute("Name"), property.getAttribute("Type"));
        }
        return properties;
    }

    /** The relations of a type and of its bases, with the types that they lead to. */
    Map<String, String> relations(String name) {
        Map<String, String> relations = new TreeMap<>();
        Element type = types.get(name);
        while (type != null) {
            relations.putAll(members(type, "NavigationProperty"));
            type = types.get(plain(type.getAttribute("BaseType")));
        }
        return relations;
    }

    /** Every path that an object of a type can have, and of the types that derive from it, with the types; relations only if named. */
    Map<String, String> paths(String name, Set<String> relations) {
        Map<String, String> paths = new TreeMap<>();
        walk(name, "", paths, 0);
        relations(name).forEach((relation, type) -> {
            if (relations.contains(relation)) {
                walk(plain(type), relation + "/", paths, 1);
            }
        });
        return paths;
    }

    /** Whether a value of this type is words joined by commas. */
    boolean isFlags(String type) {
        return flags.contains(plain(type));
    }

    private void walk(String name, String before, Map<String, String> paths, int depth) {
        for (Element type : family(name)) {
            members(type, "Property").forEach((property, of) -> {
                boolean first = paths.put(before + property, of) == null;
                if (first && depth < DEEPEST && complex.containsKey(plain(of))) {
                    walk(plain(of), before + property + "/", paths, depth + 1);
                }
            });
        }
    }

    /** A type with those that it derives from and those that derive from it. */
    private List<Element> family(String name) {
        List<Element> family = new ArrayList<>();
        for (Element type = find(name); type != null; type = find(plain(type.getAttribute("BaseType")))) {
            family.add(type);
        }
        List<String> open = new ArrayList<>(derived.getOrDefault(name, List.of()));
        while (!open.isEmpty()) {
            String next = open.remove(0);
            family.add(find(next));
            open.addAll(derived.getOrDefault(next, List.of()));
        }
        return family;
    }

    private Element find(String name) {
        return types.getOrDefault(name, complex.get(name));
    }

    private void noteBase(Element type) {
        String base = plain(type.getAttribute("BaseType"));
        if (!base.isEmpty()) {
            derived.computeIfAbsent(base, first -> new ArrayList<>()).add(type.getAttribute("Name"));
        }
    }

    private static Map<String, String> members(Element type, String of) {
        Map<String, String> members = new TreeMap<>();
        NodeList own = type.getElementsByTagNameNS("*", of);
        for (int i = 0; i < own.getLength(); i++) {
            Element member = (Element) own.item(i);
            members.put(member.getAttribute("Name"), member.getAttribute("Type"));
        }
        return members;
    }

    private static String plain(String type) {
        String one = type.startsWith("Collection(") ? type.substring("Collection(".length(), type.length() - 1) : type;
        return one.substring(one.lastIndexOf('.') + 1);
    }
}
