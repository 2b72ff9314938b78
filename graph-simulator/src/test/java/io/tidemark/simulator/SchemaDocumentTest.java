package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The metadata document can be read by those who make clients from it. */
class SchemaDocumentTest {

    private static final List<String> TYPES = List.of("EntityType", "ComplexType", "EnumType");

    private static Document document;

    @BeforeAll
    static void read() throws Exception {
        try (Box box = Box.open()) {
            String text = box.graph.get("/$metadata").response().body();
            document = parsed(new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static Document parsed(InputStream in) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(in);
    }

    private static List<Element> elements(Document from, String name) {
        NodeList found = from.getElementsByTagName(name);
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            all.add((Element) found.item(i));
        }
        return all;
    }

    private static String space(Element element) {
        Element at = element;
        while (!at.getTagName().equals("Schema")) {
            at = (Element) at.getParentNode();
        }
        return at.getAttribute("Namespace");
    }

    private static Set<String> defined(Document from) {
        Set<String> names = new HashSet<>();
        for (String sort : TYPES) {
            elements(from, sort).forEach(type -> names.add(space(type) + "." + type.getAttribute("Name")));
        }
        return names;
    }

    private static String plain(String reference) {
        String one = reference.startsWith("Collection(") ? reference.substring(11, reference.length() - 1) : reference;
        return one.startsWith("graph.") ? "microsoft." + one : one;
    }

    @Test
    void everyTypeThatIsNamedIsThere() {
        Set<String> defined = defined(document);
        Set<String> missing = new TreeSet<>();
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            for (String attribute : List.of("Type", "BaseType", "EntityType")) {
                String reference = plain(element.getAttribute(attribute));
                if (!reference.isEmpty() && !reference.startsWith("Edm.") && !defined.contains(reference)) {
                    missing.add(reference);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(defined).contains("microsoft.graph.user", "microsoft.graph.entraRecoveryServices.recoveryJob");
    }

    @Test
    void noTypeAndNoMemberIsToldTwice() {
        List<String> types = new ArrayList<>();
        for (String sort : TYPES) {
            for (Element type : elements(document, sort)) {
                types.add(space(type) + "." + type.getAttribute("Name"));
                List<String> members = new ArrayList<>();
                for (String member : List.of("Property", "NavigationProperty", "Member")) {
                    NodeList found = type.getElementsByTagName(member);
                    for (int i = 0; i < found.getLength(); i++) {
                        members.add(((Element) found.item(i)).getAttribute("Name"));
                    }
                }
                assertThat(members).as(type.getAttribute("Name")).doesNotHaveDuplicates();
            }
        }
        assertThat(types).doesNotHaveDuplicates();
    }

    @Test
    void everyPathOfAKindLeadsFromTheContainerToItsType() {
        Map<String, String> starts = new LinkedHashMap<>();
        elements(document, "EntitySet")
                .forEach(set -> starts.put(set.getAttribute("Name"), plain(set.getAttribute("EntityType"))));
        elements(document, "Singleton")
                .forEach(one -> starts.put(one.getAttribute("Name"), plain(one.getAttribute("Type"))));
        Set<String> lost = new TreeSet<>();
        for (Kind kind : Kinds.all().values()) {
            for (String path : kind.paths()) {
                String[] steps = path.split("/");
                String at = starts.getOrDefault(steps[0], "");
                for (int i = 1; i < steps.length; i++) {
                    at = leads(at, steps[i]);
                }
                if (!at.equals(kind.typeName())) {
                    lost.add(path + " leads to " + at);
                }
            }
        }
        // Graph's own schema calls it a list of policies as well, under the directory only in its beta.
        lost.remove("directory/featureRolloutPolicies leads to ");
        assertThat(lost).isEmpty();
    }

    private static String leads(String type, String step) {
        for (String sort : List.of("EntityType", "ComplexType")) {
            for (Element one : elements(document, sort)) {
                if (!type.equals(space(one) + "." + one.getAttribute("Name"))) {
                    continue;
                }
                NodeList found = one.getElementsByTagName("NavigationProperty");
                for (int i = 0; i < found.getLength(); i++) {
                    Element navigation = (Element) found.item(i);
                    if (navigation.getAttribute("Name").equals(step)) {
                        return plain(navigation.getAttribute("Type"));
                    }
                }
                return one.hasAttribute("BaseType") ? leads(plain(one.getAttribute("BaseType")), step) : "";
            }
        }
        return "";
    }

    @Test
    void everyActionOfATableIsTold() {
        Set<String> told = new HashSet<>();
        for (String sort : List.of("Action", "Function")) {
            elements(document, sort).forEach(one -> told.add(one.getAttribute("Name")));
        }
        assertThat(told)
                .contains("assignLicense", "changePassword", "delta", "getByIds", "checkMemberGroups", "addPassword")
                .contains("filterByCurrentUser", "instantiate", "getChanges", "cancel", "evaluate");
    }

    @Test
    void whatIsToldOfOperationsIsWhatGraphPublishes() throws Exception {
        String folder = System.getProperty("reference.data");
        assumeThat(folder).as("the published schema, named by reference.data").isNotNull();
        Document published;
        try (InputStream in = Files.newInputStream(Path.of(folder, "graph-v1.0-metadata.xml"))) {
            published = parsed(in);
        }
        for (String sort : List.of("Action", "Function")) {
            List<String> known = elements(published, sort).stream()
                    .map(SchemaDocumentTest::signature)
                    .toList();
            assertThat(elements(document, sort).stream().map(SchemaDocumentTest::signature))
                    .isNotEmpty()
                    .isSubsetOf(known);
        }
    }

    private static String signature(Element operation) {
        String own = space(operation).replace("microsoft.graph", "graph") + ".";
        StringBuilder text = new StringBuilder(own).append(operation.getAttribute("Name"));
        for (String part : List.of("Parameter", "ReturnType")) {
            NodeList found = operation.getElementsByTagName(part);
            for (int i = 0; i < found.getLength(); i++) {
                Element one = (Element) found.item(i);
                boolean bound = i == 0 && part.equals("Parameter");
                text.append(' ').append(bound ? "bound" : one.getAttribute("Name"));
                text.append(':').append(whole(one.getAttribute("Type"), own));
                text.append(bound ? "" : one.getAttribute("Nullable"));
            }
        }
        return text.toString();
    }

    /** The published schema shortens names in several ways. */
    private static String whole(String type, String own) {
        String alias = own.equals("graph.") ? "self." : own.substring("graph.".length());
        return type.replace("microsoft.graph.", "graph.")
                .replace("self.", own)
                .replaceAll("(^|\\()" + alias, "$1" + own);
    }
}
