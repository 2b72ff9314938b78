package io.tidemark.simulator.http;

import io.tidemark.simulator.http.Route.Place;
import io.tidemark.simulator.http.Route.Suffix;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads paths that lead to objects of any kind: directory objects and the recycle bins. */
final class LooseRoutes {

    private static final Set<String> COLLECTION_OPERATIONS =
            Set.of("delta", "getbyids", "validateproperties", "getavailableextensionproperties");
    private static final Set<String> ITEM_OPERATIONS = Set.of(
            "addpassword",
            "removepassword",
            "checkmembergroups",
            "checkmemberobjects",
            "getmembergroups",
            "getmemberobjects",
            "updateallowedcombinations",
            "revokesigninsessions",
            "restore",
            "renew",
            "addkey",
            "removekey",
            "setverifiedpublisher",
            "unsetverifiedpublisher",
            "assignlicense");

    private final List<PathSegment> segments;

    LooseRoutes(List<PathSegment> segments) {
        this.segments = segments;
    }

    /** Whether every table has this operation. */
    static boolean collective(String name) {
        return COLLECTION_OPERATIONS.contains(name);
    }

    /** Whether objects have this operation without their table saying so. */
    static boolean single(String name) {
        return ITEM_OPERATIONS.contains(name);
    }

    /** A directory object that must be of the type behind it, with what comes after; {@code null} if no type is there. */
    @Nullable
    Route cast() {
        String argument = segments.get(0).argument();
        int at = argument == null ? 2 : 1;
        String type = segments.size() > at ? segments.get(at).lower() : "";
        Kind kind = type.startsWith(PathSegment.NAMESPACE) ? Kinds.all().ofType(type) : null;
        if (kind == null || !kind.directoryObject() || kind.paths().isEmpty()) {
            return null;
        }
        List<PathSegment> named = new ArrayList<>(PathSegment.of(kind.paths().get(0)));
        named.add(new PathSegment(argument == null ? segments.get(1).full() : argument.replace("'", ""), null));
        boolean whole = segments.size() == at + 1;
        named.addAll(segments.subList(at + 1, segments.size()));
        Route route = RouteParser.parse(named);
        return whole ? route.at("/directoryobjects/{id}") : route;
    }

    /** A path under {@code /directoryObjects}. */
    Route directoryObject() {
        String argument = segments.get(0).argument();
        if (segments.size() == 1) {
            if (argument == null) {
                throw PathRoots.unknown(segments);
            }
            return object(Place.OBJECT, argument.replace("'", ""), null, "/directoryobjects/{id}");
        }
        String next = segments.get(1).plain().toLowerCase(Locale.ROOT);
        if (argument == null && segments.size() == 2) {
            return collective(next)
                    ? object(Place.OBJECT_OPERATION, null, next, "/directoryobjects/" + next)
                    : object(Place.OBJECT, segments.get(1).full(), null, "/directoryobjects/{id}");
        }
        String name = segments.get(segments.size() - 1).plain().toLowerCase(Locale.ROOT);
        if (segments.size() == (argument == null ? 3 : 2) && single(name)) {
            String key = argument == null ? segments.get(1).full() : argument.replace("'", "");
            return object(Place.OBJECT_OPERATION, key, name, "/directoryobjects/{id}/" + name);
        }
        throw PathRoots.unknown(segments);
    }

    private static Route object(Place place, @Nullable String key, @Nullable String name, String template) {
        return Route.to(place, null, template).key(key, null).operation(name, null);
    }

    /** A path under the recycle bin of the directory. */
    Route bin() {
        int from = 2;
        String base = "/directory/deleteditems";
        if (segments.size() <= from) {
            throw PathRoots.unknown(segments);
        }
        String lower = segments.get(from).lower();
        if (lower.startsWith(PathSegment.NAMESPACE)) {
            return typedBin(lower, from, base);
        }
        if (lower.equals("getuserownedobjects") && segments.size() == from + 1) {
            return object(Place.OBJECT_OPERATION, null, lower, base + "/" + lower);
        }
        return binItem(null, from, base);
    }

    private Route typedBin(String type, int from, String base) {
        Kind kind = Kinds.all().ofType(type);
        if (kind == null || kind.bin() != Kind.Bin.DIRECTORY) {
            throw PathRoots.unknown(segments);
        }
        boolean count =
                segments.size() == from + 2 && segments.get(from + 1).lower().equals("$count");
        if (segments.size() > from + 1 && !count) {
            throw PathRoots.unknown(segments);
        }
        return Route.to(Place.BIN, kind, base)
                .suffix(count ? Suffix.COUNT : Suffix.NONE)
                .narrowed(type.substring(PathSegment.NAMESPACE.length()));
    }

    private Route binItem(@Nullable Kind kind, int from, String base) {
        String key = segments.get(from).full();
        if (segments.size() == from + 1) {
            return Route.to(Place.BIN_ITEM, kind, base + "/{id}").key(key, null);
        }
        String type = segments.get(from + 1).lower();
        if (type.startsWith(PathSegment.NAMESPACE) && kind == null && segments.size() == from + 2) {
            Kind narrowed = Kinds.all().ofType(type);
            if (narrowed != null) {
                return Route.to(Place.BIN_ITEM, narrowed, base + "/{id}").key(key, null);
            }
        }
        boolean restores = segments.get(from + 1).plain().equalsIgnoreCase("restore");
        if (restores && segments.size() == from + 2) {
            return Route.to(Place.BIN_RESTORE, kind, base + "/{id}/restore").key(key, null);
        }
        throw PathRoots.unknown(segments);
    }

    /** A path under the recycle bin of Conditional Access. */
    Route policyBin() {
        String base = "/identity/conditionalaccess/deleteditems";
        if (segments.size() < 4) {
            throw PathRoots.unknown(segments);
        }
        String which = segments.get(3).lower();
        Kind kind = RouteParser.atPath("identity/conditionalaccess/" + which);
        if (kind == null || kind.bin() != Kind.Bin.POLICIES) {
            throw PathRoots.unknown(segments);
        }
        return segments.size() == 4
                ? Route.to(Place.BIN, kind, base + "/" + which)
                : binItem(kind, 4, base + "/" + which);
    }
}
