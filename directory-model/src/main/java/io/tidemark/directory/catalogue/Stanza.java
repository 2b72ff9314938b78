package io.tidemark.directory.catalogue;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.KindDescription.Reading;
import io.tidemark.directory.catalogue.Reach.Cadence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The description of one kind while it is read. */
final class Stanza {

    private static final Map<String, Pattern> OF_LINKS = Map.of(
            "whole", Pattern.compile("with (\\S+)"),
            "to", Pattern.compile("(\\w+)"),
            "from", Pattern.compile("(.+)"),
            "while", Pattern.compile("(\\S+ \\S+ \\S+)"));
    private static final String COLLECTION = "[]";
    private static final String NONE = "none";
    private static final String DELTA_OR_LIST = "delta or list";

    private final ObjectKind kind;
    private final Map<String, String> single = new LinkedHashMap<>();
    private final Map<String, Property> properties = new LinkedHashMap<>();
    private final Map<String, LeftOut> leftOut = new LinkedHashMap<>();
    private final Map<String, LeftOut> beyond = new LinkedHashMap<>();
    private final List<Access.Permission> read = new ArrayList<>();
    private final List<LinkDescription> links = new ArrayList<>();
    private final Set<String> besides = new LinkedHashSet<>();
    private final Set<String> nativeNames = new LinkedHashSet<>();
    private String nativeNote = "";
    private boolean nativeAll;
    private Optional<Property> rest = Optional.empty();

    Stanza(ObjectKind kind) {
        this.kind = kind;
    }

    /**
     * Takes one statement.
     *
     * @throws IllegalArgumentException if it is not understood
     */
    void take(String word, String text) {
        switch (word) {
            case "writable" -> properties(PropertyClass.WRITABLE, text);
            case "create-only" -> properties(PropertyClass.CREATE_ONLY, text);
            case "read-only" -> properties(PropertyClass.READ_ONLY, text);
            case "special" -> properties(PropertyClass.SPECIAL, text);
            case "left-out" -> leftOut(text, leftOut);
            case "beyond" -> leftOut(text, beyond);
            case "rest" -> rest(text);
            case "read" -> read.add(new Access.Permission(List.of(text.split(" or "))));
            case "link" -> links.add(link(text));
            case "also" -> besides.addAll(words(text));
            case "native" -> nativeCoverage(text);
            case "path",
                    "reading",
                    "types",
                    "part",
                    "bodies",
                    "bin",
                    "order",
                    "write",
                    "optional",
                    "restorable",
                    "key" -> once(word, text);
            case "cadence", "query", "item-query", "parents", "shown", "about", "streams", "follows" ->
                once(word, text);
            default -> throw new IllegalArgumentException("'" + word + "' is no statement");
        }
    }

    KindDescription description() {
        return new KindDescription(
                kind,
                reach(),
                new GraphTypes(types(), besides, single.containsKey("part")),
                properties,
                rest,
                leftOut,
                beyond,
                Integer.parseInt(needed("order")),
                new Access(
                        read,
                        Optional.of(needed("write")).filter(text -> !text.equals(NONE)),
                        Optional.ofNullable(single.get("optional"))),
                Restorability.parse(needed("restorable")),
                new NativeCoverage(nativeAll, nativeNames, nativeNote),
                links);
    }

    private List<String> types() {
        String types = single.getOrDefault("types", kind.word());
        return types.equals(NONE) ? List.of() : words(types);
    }

    private Reach reach() {
        boolean listedElse = needed("reading").equals(DELTA_OR_LIST);
        String[] reading =
                listedElse ? new String[] {"delta"} : needed("reading").split(" of ");
        Reading form = Reading.valueOf(reading[0].toUpperCase(Locale.ROOT));
        Optional<ObjectKind> parent =
                reading.length == 2 ? Optional.of(ObjectKind.parse(reading[1])) : Optional.empty();
        if (parent.isPresent() != form.isBelowAnother()) {
            throw new IllegalStateException(kind.word() + " does not say what it hangs on");
        }
        Cadence usual = form == Reading.CHILDREN || form == Reading.CHILD ? Cadence.FULL : Cadence.EVERY;
        return new Reach(
                needed("path"),
                form,
                listedElse,
                parent,
                single.getOrDefault("key", "id"),
                Optional.ofNullable(single.get("cadence"))
                        .map(text -> Cadence.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(usual),
                single.getOrDefault("query", ""),
                single.getOrDefault("item-query", ""),
                single.containsKey("bodies"),
                single.getOrDefault("bodies", "").equals("extended"),
                Optional.ofNullable(single.get("parents")),
                single.getOrDefault("shown", "").equals("beside"),
                Optional.ofNullable(single.get("bin")),
                Optional.ofNullable(single.get("about")).map(ObjectKind::parse),
                words(single.getOrDefault("streams", "")),
                Optional.ofNullable(single.get("follows")).map(ObjectKind::parse));
    }

    private void once(String word, String text) {
        if (single.put(word, text) != null) {
            throw new IllegalArgumentException(word + " is said twice");
        }
    }

    private String needed(String word) {
        String text = single.get(word);
        if (text == null) {
            throw new IllegalStateException(kind.word() + " does not say its " + word);
        }
        return text;
    }

    private void properties(PropertyClass propertyClass, String text) {
        String[] parts = text.split("\\|");
        Set<Trait> traits = traits(parts.length > 1 ? parts[1] : "");
        for (String word : words(parts[0])) {
            boolean collection = word.endsWith(COLLECTION);
            String name = collection ? word.substring(0, word.length() - COLLECTION.length()) : word;
            EnumSet<Trait> own = EnumSet.noneOf(Trait.class);
            own.addAll(traits);
            if (collection) {
                own.add(Trait.COLLECTION);
            }
            if (properties.put(name, new Property(name, propertyClass, own)) != null) {
                throw new IllegalArgumentException("property " + name + " is described twice");
            }
        }
    }

    private static void leftOut(String text, Map<String, LeftOut> into) {
        String[] parts = text.split("\\|");
        if (parts.length != 2) {
            throw new IllegalArgumentException("what is left out needs one reason");
        }
        LeftOut why = LeftOut.parse(parts[1].strip());
        words(parts[0]).forEach(name -> into.put(name, why));
    }

    private void rest(String text) {
        List<String> words = words(text);
        PropertyClass propertyClass = PropertyClass.valueOf(constant(words.get(0)));
        rest = Optional.of(new Property("*", propertyClass, traits(String.join(" ", words.subList(1, words.size())))));
    }

    private LinkDescription link(String text) {
        String[] parts = text.split("\\|");
        if (parts.length < 3) {
            throw new IllegalArgumentException("a link says its name, how it is read, and whether it can be restored");
        }
        LinkKind link = LinkKind.parse(kind.word() + "." + parts[0].strip());
        String restorable = parts[2].strip();
        boolean yes = restorable.equals("restorable") || restorable.equals("restorable native");
        Map<String, String> more = new LinkedHashMap<>();
        Arrays.stream(parts).skip(3).forEach(part -> more(part.strip(), more));
        return new LinkDescription(
                link,
                LinkDescription.Reading.valueOf(constant(parts[1].strip())),
                yes ? Restorability.RESTORABLE : Restorability.parse(restorable),
                restorable.endsWith(" native"),
                Optional.ofNullable(more.get("whole")),
                Optional.ofNullable(more.get("to")).map(ObjectKind::parse),
                Optional.ofNullable(more.get("from")),
                Optional.ofNullable(more.get("while")).map(Stanza::condition));
    }

    private static void more(String part, Map<String, String> into) {
        String word = part.substring(0, (part + " ").indexOf(' '));
        @Nullable Pattern form = OF_LINKS.get(word);
        @Nullable
        Matcher rest =
                form == null ? null : form.matcher(part.substring(word.length()).strip());
        if (rest == null || !rest.matches()) {
            throw new IllegalArgumentException(
                    "of a link one says 'whole with PERMISSION', 'to KIND', 'from LIST', 'while LIST PROPERTY VALUE'");
        }
        into.put(word, rest.group(1));
    }

    private static LinkDescription.Condition condition(String text) {
        List<String> words = words(text);
        return new LinkDescription.Condition(words.get(0), words.get(1), words.get(2));
    }

    private void nativeCoverage(String text) {
        int bar = text.indexOf('|');
        String names = bar < 0 ? text : text.substring(0, bar);
        nativeNote = bar < 0 ? nativeNote : text.substring(bar + 1).strip();
        if (names.strip().equals("all")) {
            nativeAll = true;
        } else {
            nativeNames.addAll(words(names));
        }
    }

    private static Set<Trait> traits(String text) {
        EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
        words(text).forEach(word -> traits.add(Trait.valueOf(constant(word))));
        return traits;
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
