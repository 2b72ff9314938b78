package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.http.Route.Place;
import io.tidemark.simulator.http.Route.Suffix;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.GraphRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads paths in all their spellings. */
final class RouteParser {

    private static final int LONGEST_PREFIX = 5;
    private static final Map<String, Kind> BY_PATH = new HashMap<>();

    static {
        for (Kind kind : Kinds.all().values()) {
            kind.paths().forEach(path -> BY_PATH.put(path.toLowerCase(Locale.ROOT), kind));
        }
    }

    private final List<PathSegment> segments;
    private final StringBuilder template = new StringBuilder();
    private @Nullable Route owner;
    private int at;

    private RouteParser(List<PathSegment> segments) {
        this.segments = segments;
    }

    /** Reads the path after the version. */
    static Route parse(String path) {
        return parse(PathSegment.of(path));
    }

    /** Reads the segments after the version. */
    static Route parse(List<PathSegment> segments) {
        return new RouteParser(segments).route();
    }

    /** The kind that is served under a path in small letters. */
    static @Nullable Kind atPath(String path) {
        return BY_PATH.get(path);
    }

    private Route route() {
        if (segments.isEmpty()) {
            throw unknown();
        }
        String first = segments.get(0).lower();
        if (first.equals("$batch") && segments.size() == 1) {
            return Route.to(Place.BATCH, null, "/$batch");
        }
        LooseRoutes loose = new LooseRoutes(segments);
        if (first.equals("directoryobjects")) {
            Route narrowed = loose.cast();
            return narrowed == null ? loose.directoryObject() : narrowed;
        }
        if (prefix("directory", "deleteditems")) {
            return loose.bin();
        }
        if (prefix("identity", "conditionalaccess", "deleteditems")) {
            return loose.policyBin();
        }
        return kindRoute();
    }

    private boolean prefix(String... names) {
        if (segments.size() < names.length) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!segments.get(i).name().equalsIgnoreCase(names[i])) {
                return false;
            }
        }
        return true;
    }

    /** The kind that the longest part of the path names; moves behind it. */
    private Kind longest() {
        Kind kind = null;
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < segments.size() && i < LONGEST_PREFIX; i++) {
            joined.append(i == 0 ? "" : "/").append(segments.get(i).lower());
            Kind found = BY_PATH.get(joined.toString());
            if (found != null) {
                kind = found;
                at = i;
                template.setLength(0);
                template.append('/').append(joined);
            }
        }
        if (kind == null) {
            throw unknown();
        }
        return kind;
    }

    private Route kindRoute() {
        Kind kind = longest();
        PathSegment last = segments.get(at++);
        if (kind.singleton()) {
            return under(kind, "", null);
        }
        if (last.argument() != null) {
            return keyed(kind, last.argument());
        }
        if (at == segments.size()) {
            return Route.to(Place.COLLECTION, kind, template.toString());
        }
        String next = segments.get(at).plain().toLowerCase(Locale.ROOT);
        boolean end = at + 1 == segments.size();
        if (next.equals("$count") && end) {
            return Route.to(Place.COLLECTION, kind, template + "/$count").suffix(Suffix.COUNT);
        }
        if (end && (LooseRoutes.collective(next) || collective(kind, next))) {
            return Route.to(Place.COLLECTION_OPERATION, kind, template + "/" + next)
                    .operation(next, segments.get(at).argument());
        }
        String key = segments.get(at++).full();
        int equals = key.indexOf('=');
        String property = equals > 0 ? kind.property(key.substring(0, equals)) : null;
        boolean named = property != null && kind.alternateKeys().contains(property);
        return named ? keyed(kind, key) : item(kind, key, null);
    }

    private Route keyed(Kind kind, String argument) {
        int equals = argument.indexOf('=');
        String property = null;
        String value = argument;
        if (equals > 0 && !argument.startsWith("'")) {
            property = kind.property(argument.substring(0, equals).trim());
            value = argument.substring(equals + 1).trim();
            if (property == null) {
                throw unknown();
            }
            if (property.equals("id")) {
                property = null;
            } else if (!kind.alternateKeys().contains(property)) {
                throw GraphRefusal.badQuery("Resource not found for the segment '" + argument + "'.");
            }
        }
        if (value.length() >= 2 && value.startsWith("'") && value.endsWith("'")) {
            value = value.substring(1, value.length() - 1).replace("''", "'");
        }
        return item(kind, value, property);
    }

    private Route item(Kind kind, String key, @Nullable String keyProperty) {
        template.append("/{id}");
        return under(kind, key, keyProperty);
    }

    /** What comes after an object. */
    private Route under(Kind kind, String key, @Nullable String keyProperty) {
        if (at == segments.size()) {
            return Route.to(Place.ITEM, kind, template.toString())
                    .key(key, keyProperty)
                    .under(owner);
        }
        int named = at;
        PathSegment next = segments.get(at++);
        String name = next.plain();
        String lower = name.toLowerCase(Locale.ROOT);
        template.append('/').append(lower);
        if (lower.equals("$ref") && at == segments.size()) {
            return Route.to(Place.ITEM, kind, outer())
                    .key(key, keyProperty)
                    .suffix(Suffix.REF)
                    .under(owner);
        }
        if (lower.equals("$value") && at == segments.size() && kind.is("media")) {
            return Route.to(Place.PROPERTY, kind, outer())
                    .key(key, keyProperty)
                    .operation("content", null)
                    .under(owner);
        }
        Relation relation = kind.relation(name);
        if (relation == null && at < segments.size()) {
            relation = longer(kind, named);
            next = segments.get(at - 1);
        }
        if (relation != null) {
            return relation(kind, key, keyProperty, relation, next.argument());
        }
        if (at == segments.size() && (LooseRoutes.single(lower) || kind.action(lower) != null)) {
            return Route.to(Place.ITEM_OPERATION, kind, template.toString())
                    .key(key, keyProperty)
                    .operation(lower, next.argument())
                    .under(owner);
        }
        if (at + 1 == segments.size()) {
            String both = lower + "/" + segments.get(at).lower();
            if (kind.action(both) != null) {
                return Route.to(Place.ITEM_OPERATION, kind, outer() + "/" + both)
                        .key(key, keyProperty)
                        .operation(both, null)
                        .under(owner);
            }
        }
        String property = kind.property(name);
        boolean value = at + 1 == segments.size() && segments.get(at).lower().equals("$value");
        if (property != null && (at == segments.size() || value)) {
            return Route.to(Place.PROPERTY, kind, outer())
                    .key(key, keyProperty)
                    .operation(property, null)
                    .under(owner);
        }
        throw Segments.behind(List.of(kind), segments, named);
    }

    /** A relation whose name has several steps, types between them left out; moves behind it. */
    private @Nullable Relation longer(Kind kind, int from) {
        StringBuilder joined = new StringBuilder();
        StringBuilder written = new StringBuilder();
        for (int i = from; i < segments.size() && i < from + LONGEST_PREFIX; i++) {
            PathSegment segment = segments.get(i);
            if (!segment.lower().startsWith(PathSegment.NAMESPACE)) {
                joined.append(joined.length() == 0 ? "" : "/").append(segment.name());
            }
            written.append(i == from ? "" : "/" + segment.lower());
            Relation found = i == from ? null : kind.relation(joined.toString());
            if (found != null) {
                at = i + 1;
                template.append(written);
                return found;
            }
        }
        return null;
    }

    /** The template without its last step. */
    private String outer() {
        return template.substring(0, template.lastIndexOf("/"));
    }

    private Route relation(
            Kind kind, String key, @Nullable String keyProperty, Relation relation, @Nullable String argument) {
        String cast = null;
        String member = argument == null ? null : keyOf(argument).replace("'", "");
        Suffix suffix = Suffix.NONE;
        Route from = Route.to(Place.RELATION, kind, "").key(key, keyProperty).under(owner);
        while (at < segments.size()) {
            PathSegment next = segments.get(at++);
            String lower = next.lower();
            if (lower.equals("$ref") && at == segments.size()) {
                suffix = Suffix.REF;
            } else if (lower.equals("$count") && at == segments.size()) {
                suffix = Suffix.COUNT;
            } else if (lower.startsWith(PathSegment.NAMESPACE) && !called(relation, next)) {
                cast = lower.substring(PathSegment.NAMESPACE.length());
            } else if (member == null && !relation.single()) {
                if (row(relation, next.plain())) {
                    return rowOperation(from.along(relation, null).at(template.toString()), relation, next);
                }
                member = keyOf(next.full());
            } else {
                return inner(
                        from.along(relation, member).narrowed(cast).at(template + (member == null ? "" : "/{id}")));
            }
        }
        if (member != null) {
            template.append("/{id}");
        }
        if (cast != null) {
            template.append("/").append(PathSegment.NAMESPACE).append(cast);
        }
        template.append(suffix == Suffix.REF ? "/$ref" : suffix == Suffix.COUNT ? "/$count" : "");
        return from.along(relation, member).suffix(suffix).narrowed(cast).at(template.toString());
    }

    /** Whether a name with a namespace is no type but something that the ends of a relation have. */
    private static boolean called(Relation relation, PathSegment segment) {
        String name = segment.plain();
        boolean nested = segment.name().indexOf('.', PathSegment.NAMESPACE.length()) > 0;
        return relation.targets().stream()
                .map(Kinds.all()::get)
                .anyMatch(kind -> kind.action(name) != null || (nested && kind.relation(name) != null));
    }

    /** Whether a name is an operation on all rows of a relation. */
    private static boolean row(Relation relation, String name) {
        return relation.rows() && collective(Kinds.all().get(relation.targets().get(0)), name);
    }

    private static boolean collective(Kind kind, String name) {
        JsonNode action = kind.action(name);
        return action != null && action.path("on").asText().equals("collection");
    }

    private Route rowOperation(Route rows, Relation relation, PathSegment operation) {
        if (at != segments.size()) {
            throw unknown();
        }
        String lower = operation.plain().toLowerCase(Locale.ROOT);
        return Route.to(
                        Place.COLLECTION_OPERATION,
                        Kinds.all().get(relation.targets().get(0)),
                        template + "/" + lower)
                .operation(lower, operation.argument())
                .under(rows);
    }

    /** What comes after an object that another one leads to. */
    private Route inner(Route place) {
        at--;
        String next = segments.get(at).plain();
        for (String target : place.mustRelation().targets()) {
            Kind kind = Kinds.all().get(target);
            boolean media = kind.is("media") && next.equalsIgnoreCase("$value");
            if (media || kind.relation(next) != null || kind.property(next) != null || kind.action(next) != null) {
                owner = place;
                template.setLength(0);
                template.append(place.template());
                return under(kind, place.member() == null ? "" : place.member(), null);
            }
        }
        List<Kind> ends =
                place.mustRelation().targets().stream().map(Kinds.all()::get).toList();
        throw Segments.behind(ends, segments, at);
    }

    private static String keyOf(String text) {
        int equals = text.indexOf("='");
        return equals > 0 && text.endsWith("'") ? text.substring(equals + 2, text.length() - 1) : text;
    }

    private GraphRefusal unknown() {
        return PathRoots.unknown(segments);
    }
}
