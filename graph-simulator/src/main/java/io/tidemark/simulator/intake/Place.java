package io.tidemark.simulator.intake;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands in an export: in a table, or at a relation of one object.
 *
 * @param kind the table of the objects, or of the object whose relation it is
 * @param id the object that was named last
 * @param relation the relation of that object
 * @param name what stands there, for what cannot be taken
 * @param weak whether the table was told by a name that means many things
 * @param elsewhere whether it is known to belong to another service
 */
record Place(
        @Nullable Kind kind,
        @Nullable String id,
        @Nullable Relation relation,
        String name,
        boolean weak,
        boolean elsewhere) {

    static final Place NOWHERE = new Place(null, null, null, "", false, false);

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern KEY = Pattern.compile("\\('?([^')]*)'?\\)");
    private static final Set<String> LISTS_OF_ANYTHING = Set.of("directoryobjects", "directoryobject");

    static boolean guid(String text) {
        return GUID.matcher(text).matches();
    }

    /** The place that names from the outermost folder to the file tell. */
    static Place of(List<String> names) {
        Place place = NOWHERE;
        for (int i = 0; i < names.size(); i++) {
            Kind at = place.kind;
            if (at != null && place.id != null && place.relation == null) {
                Relation joined = i + 1 < names.size() ? at.relation(names.get(i) + "/" + names.get(i + 1)) : null;
                Relation relation = joined == null ? at.relation(names.get(i)) : joined;
                if (relation != null) {
                    place = new Place(at, place.id, relation, names.get(i), false, false);
                    i += joined == null ? 0 : 1;
                    continue;
                }
            }
            Place named = place.relation == null ? named(names, i) : null;
            place = named == null ? place.under(names.get(i)) : named;
        }
        if (place.kind == null && !place.elsewhere && !names.isEmpty()) {
            String last = names.get(names.size() - 1);
            return new Place(
                    TableNames.within(last), null, null, place.name.isEmpty() ? last : place.name, true, false);
        }
        return place;
    }

    /** The place that a context tells; this one if it tells none. */
    Place context(String context) {
        int hash = context.indexOf("$metadata#");
        if (hash < 0) {
            return this;
        }
        String fragment = context.substring(hash + "$metadata#".length());
        if (fragment.startsWith("Collection(")) {
            fragment = fragment.substring("Collection(".length()).replace(")", "");
        }
        Place told = of(segments(fragment));
        if (told.relation == null && told.kind != null && relation != null) {
            return this;
        }
        return told.kind == null ? this : told;
    }

    private static List<String> segments(String fragment) {
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        String plain = KEY.matcher(fragment)
                .replaceAll(key -> fragment.startsWith("('", key.start()) || guid(key.group(1))
                        ? "/" + Matcher.quoteReplacement(key.group(1))
                        : Matcher.quoteReplacement(key.group()));
        for (char c : plain.toCharArray()) {
            if (c == '(') {
                break;
            }
            if (c == '/') {
                segments.add(segment.toString());
                segment.setLength(0);
            } else {
                segment.append(c);
            }
        }
        segments.add(segment.toString());
        segments.removeIf(one -> one.isEmpty() || one.startsWith("$"));
        segments.replaceAll(one -> one.startsWith("microsoft.graph.") ? one.substring(one.lastIndexOf('.') + 1) : one);
        return segments;
    }

    /** Whether a context speaks of objects of any kind, told in part. */
    static boolean anything(String context) {
        int hash = context.indexOf("$metadata#");
        return hash >= 0
                && LISTS_OF_ANYTHING.contains(context.substring(hash + "$metadata#".length())
                        .replaceAll("[^A-Za-z].*", "")
                        .toLowerCase(Locale.ROOT));
    }

    /** The longest run of names that ends here and means a table. */
    private static @Nullable Place named(List<String> names, int last) {
        for (int first = Math.max(0, last - 4); first <= last; first++) {
            String joined = String.join("/", names.subList(first, last + 1));
            if (TableNames.elsewhere(joined)) {
                return new Place(null, null, null, joined, false, true);
            }
            Kind kind = TableNames.named(joined);
            if (kind != null) {
                return new Place(kind, null, null, names.get(last), first == last && TableNames.weak(joined), false);
            }
        }
        return null;
    }

    private Place under(String part) {
        if (kind == null) {
            return name.isEmpty() ? new Place(null, null, null, part, false, elsewhere) : this;
        }
        if (relation != null || part.equalsIgnoreCase(id) && !(weak && !guid(part))) {
            return this;
        }
        if (id != null && (weak || guid(id))) {
            return new Place(null, null, null, id + "/" + part, false, false);
        }
        return new Place(kind, part, null, name, weak, false);
    }
}
