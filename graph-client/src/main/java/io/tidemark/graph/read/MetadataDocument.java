package io.tidemark.graph.read;

import io.tidemark.graph.read.DeclaredProperties.Declared;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads a metadata document as it arrives and keeps the names of entity types with those of their properties. It comes from a network, so it
 * may neither define nor fetch anything, and has a size that is enough for Graph's several times over.
 */
final class MetadataDocument {

    private static final String SPACE = "microsoft.graph";
    private static final String NO_DEFINITIONS = "http://apache.org/xml/features/disallow-doctype-decl";
    private static final int MOST_PROPERTIES = 100_000;
    private static final int DEEPEST = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private record Type(String base, List<Declared> properties) {}

    private final Map<String, Type> types;

    private MetadataDocument(Map<String, Type> types) {
        this.types = types;
    }

    static MetadataDocument read(InputStream body) throws IOException {
        Taking taking = new Taking();
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DEFINITIONS, true);
            factory.newSAXParser().parse(body, taking);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("the metadata document cannot be read", e);
        }
        return new MetadataDocument(taking.types);
    }

    /** The properties of some types and of their bases, by type, in order of name. */
    Map<String, List<Declared>> of(List<String> wanted) {
        Map<String, List<Declared>> found = new LinkedHashMap<>();
        for (String name : wanted) {
            List<Declared> all = new ArrayList<>();
            Optional<Type> type = Optional.ofNullable(types.get(name));
            for (int depth = 0; type.isPresent() && depth < DEEPEST; depth++) {
                all.addAll(type.get().properties());
                type = Optional.ofNullable(types.get(type.get().base()));
            }
            if (!all.isEmpty()) {
                all.sort(Comparator.comparing(Declared::name));
                found.put(name, List.copyOf(all));
            }
        }
        return found;
    }

    /** Takes what is said of entity types of the main namespace. */
    private static final class Taking extends DefaultHandler {

        private final Map<String, Type> types = new HashMap<>();
        private String space = "";
        private Optional<Type> open = Optional.empty();
        private int properties;

        @Override
        public void startElement(String uri, String name, String qualified, Attributes attributes) throws SAXException {
            if (name.equals("Schema")) {
                space = value(attributes, "Namespace");
            } else if (name.equals("EntityType") && space.equals(SPACE)) {
                Type type = new Type(plain(value(attributes, "BaseType")), new ArrayList<>());
                types.put(value(attributes, "Name"), type);
                open = Optional.of(type);
            } else if (name.equals("Property") && open.isPresent()) {
                property(open.get(), value(attributes, "Name"), value(attributes, "Type"));
            }
        }

        @Override
        public void endElement(String uri, String name, String qualified) {
            if (name.equals("EntityType")) {
                open = Optional.empty();
            }
        }

        @Override
        public InputSource resolveEntity(@Nullable String publicId, @Nullable String systemId) throws SAXException {
            throw new SAXException("the metadata document refers to another");
        }

        private void property(Type type, String name, String of) throws SAXException {
            properties++;
            if (properties > MOST_PROPERTIES) {
                throw new SAXException("the metadata document declares more than " + MOST_PROPERTIES + " properties");
            }
            if (NAME.matcher(name).matches() && !of.contains("Edm.Stream")) {
                type.properties().add(new Declared(name, of.startsWith("Collection(")));
            }
        }

        private static String value(Attributes attributes, String name) {
            return Optional.ofNullable(attributes.getValue(name)).orElse("");
        }

        // Bases are in the main namespace, under its whole name or its alias.
        private static String plain(String type) {
            return type.substring(type.lastIndexOf('.') + 1);
        }
    }
}
