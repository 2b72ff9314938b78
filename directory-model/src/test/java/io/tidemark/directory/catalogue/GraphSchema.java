package io.tidemark.directory.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Map<String, Element> types = new HashMap<>();
    private final Set<String> roots = new TreeSet<>();

    private GraphSchema(Document document) {
        NodeList found = document.getElementsByTagNameNS("*", "EntityType");
        for (int i = 0; i < found.getLength(); i++) {
            Element type = (Element) found.item(i);
            boolean main =
                    ((Element) type.getParentNode()).getAttribute("Namespace").equals("microsoft.graph");
            if (main) {
                types.put(type.getAttribute("Name"), type);
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
}
