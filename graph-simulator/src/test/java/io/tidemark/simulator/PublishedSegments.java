package io.tidemark.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the published schema has behind objects of a type, and under the roots. */
final class PublishedSegments {

    private final Map<String, Map<String, String>> navigation = new HashMap<>();
    private final Map<String, String> bases = new HashMap<>();
    private final Map<String, List<String>> operations = new HashMap<>();
    private final Map<String, String> roots = new HashMap<>();

    static PublishedSegments read(Path file) {
        try {
            PublishedSegments read = new PublishedSegments();
            read.take(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
            return read;
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("the schema is not readable", e);
        }
    }

    private void take(Document document) {
        for (String tag : List.of("EntityType", "ComplexType")) {
            for (Element type : all(document.getElementsByTagName(tag))) {
                String name = lower(type.getAttribute("Name"));
                if (navigation.containsKey(name)) {
                    continue;
                }
                Map<String, String> led = new HashMap<>();
                all(type.getElementsByTagName("NavigationProperty"))
                        .forEach(one -> led.put(one.getAttribute("Name"), plain(one.getAttribute("Type"))));
                navigation.put(name, led);
                bases.put(name, plain(type.getAttribute("BaseType")));
            }
        }
        for (String tag : List.of("Action", "Function")) {
            for (Element operation : all(document.getElementsByTagName(tag))) {
                String on = operation.getAttribute("IsBound").equals("true")
                        ? ((Element) operation.getElementsByTagName("Parameter").item(0)).getAttribute("Type")
                        : "Collection";
                if (!on.startsWith("Collection")) {
                    operations
                            .computeIfAbsent(plain(on), k -> new ArrayList<>())
                            .add(operation.getAttribute("Name"));
                }
            }
        }
        all(document.getElementsByTagName("Singleton"))
                .forEach(one -> roots.put(one.getAttribute("Name"), plain(one.getAttribute("Type"))));
    }

    private static List<Element> all(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String plain(String type) {
        String one = type.replace("Collection(", "").replace(")", "");
        return lower(one.substring(one.lastIndexOf('.') + 1));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private List<String> line(String type) {
        List<String> line = new ArrayList<>();
        for (String at = type; !at.isEmpty() && navigation.containsKey(at); at = bases.getOrDefault(at, "")) {
            line.add(at);
        }
        return line;
    }

    /** What stands behind objects of a type, of those that descend from it and of its parents. */
    TreeSet<String> behind(String type) {
        List<String> types = line(lower(type));
        navigation.keySet().stream()
                .filter(one -> line(one).contains(lower(type)))
                .forEach(types::add);
        TreeSet<String> names = new TreeSet<>();
        for (String one : types) {
            names.addAll(navigation.get(one).keySet());
            names.addAll(operations.getOrDefault(one, List.of()));
        }
        return names;
    }

    /** What stands under a place. */
    TreeSet<String> under(String path) {
        String type = "";
        for (String step : path.split("/")) {
            String next = type.isEmpty() ? roots.get(step) : null;
            for (String one : line(type)) {
                next = next == null ? navigation.get(one).get(step) : next;
            }
            type = String.valueOf(next);
        }
        TreeSet<String> names = new TreeSet<>(operations.getOrDefault(type, List.of()));
        line(type).forEach(one -> names.addAll(navigation.get(one).keySet()));
        return names;
    }
}
