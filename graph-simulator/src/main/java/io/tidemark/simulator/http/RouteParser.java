package io.tidemark.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.http.Route.Place;
import io.tidemark.simulator.http.Route.Suffix;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Kind;
import io.tidemark.simulator.tenant.Kinds;
import io.tidemark.simulator.tenant.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads paths in all their spellings. */
final class RouteParser {

    private static final String NAMESPACE = "microsoft.graph.";
    private static final int LONGEST_PREFIX = 5;
    private static final Map<String, Kind> BY_PATH = new HashMap<>();
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

    static {
        for (Kind kind : Kinds.all().values()) {
            kind.paths().forEach(path -> BY_PATH.put(path.toLowerCase(Locale.ROOT), kind));
        }
    }

    // What Graph has at its root; what this simulator does not have of it is answered by 501 and not by 400.
    private static final Set<String> ROOTS = Set.of(
            "admin",
            "administrativeunits",
            "agreementacceptances",
            "agreements",
            "appcatalogs",
            "applications",
            "applicationtemplates",
            "auditlogs",
            "authenticationmethodconfigurations",
            "authenticationmethodspolicy",
            "certificatebasedauthconfiguration",
            "chats",
            "communications",
            "compliance",
            "connections",
            "contacts",
            "contracts",
            "copilot",
            "datapolicyoperations",
            "deviceappmanagement",
            "devicemanagement",
            "devices",
            "directory",
            "directoryobjects",
            "directoryroles",
            "directoryroletemplates",
            "domaindnsrecords",
            "domains",
            "drive",
            "drives",
            "education",
            "employeeexperience",
            "external",
            "filteroperators",
            "functions",
            "grouplifecyclepolicies",
            "groups",
            "groupsettings",
            "groupsettingtemplates",
            "identity",
            "identitygovernance",
            "identityprotection",
            "identityproviders",
            "informationprotection",
            "invitations",
            "localizations",
            "me",
            "monitoring",
            "oauth2permissiongrants",
            "organization",
            "permissiongrants",
            "places",
            "planner",
            "policies",
            "print",
            "privacy",
            "reports",
            "rolemanagement",
            "schemaextensions",
            "scopedrolememberships",
            "search",
            "security",
            "serviceprincipals",
            "shares",
            "sites",
            "solutions",
            "storage",
            "subscribedskus",
            "subscriptions",
            "teams",
            "teamstemplates",
            "teamwork",
            "tenantrelationships",
            "users");

    private record Segment(String name, @Nullable String argument) {}

    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder template = new StringBuilder();
    private @Nullable Route owner;
    private int at;

    private RouteParser(String path) {
        for (String raw : path.split("/")) {
            if (!raw.isEmpty()) {
                segments.add(segment(GraphRequest.decode(raw.replace("+", "%2B"))));
            }
        }
    }

    /** Reads the path after the version. */
    static Route parse(String path) {
        return new RouteParser(path).route();
    }

    private static Segment segment(String text) {
        int open = text.indexOf('(');
        if (open > 0 && text.endsWith(")")) {
            return new Segment(text.substring(0, open), text.substring(open + 1, text.length() - 1));
        }
        return new Segment(text, null);
    }

    private Route route() {
        if (segments.isEmpty()) {
            throw unknown();
        }
        String first = segments.get(0).name().toLowerCase(Locale.ROOT);
        if (first.equals("$batch") && segments.size() == 1) {
            return plain(Place.BATCH, null, "/$batch");
        }
        if (first.equals("directoryobjects")) {
            return directoryObject();
        }
        if (prefix("directory", "deleteditems")) {
            return bin(2, "/directory/deleteditems");
        }
        if (prefix("identity", "conditionalaccess", "deleteditems")) {
            return policyBin();
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

    private Route kindRoute() {
        Kind kind = null;
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < segments.size() && i < LONGEST_PREFIX; i++) {
            joined.append(i == 0 ? "" : "/").append(segments.get(i).name().toLowerCase(Locale.ROOT));
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
        Segment last = segments.get(at);
        at++;
        if (kind.singleton()) {
            return under(kind, "", null);
        }
        if (last.argument() != null) {
            return keyed(kind, last.argument());
        }
        if (at == segments.size()) {
            return plain(Place.COLLECTION, kind, template.toString());
        }
        String next = name(segments.get(at)).toLowerCase(Locale.ROOT);
        if (next.equals("$count") && at + 1 == segments.size()) {
            return new Route(
                    Place.COLLECTION,
                    kind,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Suffix.COUNT,
                    null,
                    null,
                    template + "/$count");
        }
        if (at + 1 == segments.size() && (COLLECTION_OPERATIONS.contains(next) || collective(kind, next))) {
            return new Route(
                    Place.COLLECTION_OPERATION,
                    kind,
                    null,
                    null,
                    null,
                    segments.get(at).argument(),
                    next,
                    Suffix.NONE,
                    null,
                    null,
                    template + "/" + next);
        }
        String key = full(segments.get(at));
        at++;
        return item(kind, key, null);
    }

    /** A segment is a key as a whole, brackets included. */
    private static String full(Segment segment) {
        return segment.argument() == null ? segment.name() : segment.name() + "(" + segment.argument() + ")";
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
            return new Route(
                    Place.ITEM,
                    kind,
                    key,
                    keyProperty,
                    null,
                    null,
                    null,
                    Suffix.NONE,
                    null,
                    owner,
                    template.toString());
        }
        Segment next = segments.get(at++);
        String name = name(next);
        String lower = name.toLowerCase(Locale.ROOT);
        template.append('/').append(lower);
        if (lower.equals("$ref") && at == segments.size()) {
            at = segments.size();
            return new Route(
                    Place.ITEM,
                    kind,
                    key,
                    keyProperty,
                    null,
                    null,
                    null,
                    Suffix.REF,
                    null,
                    owner,
                    template.substring(0, template.lastIndexOf("/")));
        }
        Relation relation = kind.relation(name);
        if (relation == null && at < segments.size()) {
            String second = segments.get(at).name();
            relation = kind.relation(name + "/" + second);
            if (relation != null) {
                next = segments.get(at++);
                template.append('/').append(second.toLowerCase(Locale.ROOT));
            }
        }
        if (relation != null) {
            return relation(kind, key, keyProperty, relation, next.argument());
        }
        if (at == segments.size() && (ITEM_OPERATIONS.contains(lower) || kind.action(lower) != null)) {
            return new Route(
                    Place.ITEM_OPERATION,
                    kind,
                    key,
                    keyProperty,
                    null,
                    next.argument(),
                    lower,
                    Suffix.NONE,
                    null,
                    owner,
                    template.toString());
        }
        String property = kind.property(name);
        boolean value = at + 1 == segments.size() && segments.get(at).name().equalsIgnoreCase("$value");
        if (property != null && (at == segments.size() || value)) {
            return new Route(
                    Place.PROPERTY,
                    kind,
                    key,
                    keyProperty,
                    null,
                    null,
                    property,
                    Suffix.NONE,
                    null,
                    owner,
                    template.substring(0, template.lastIndexOf("/")));
        }
        throw unknown();
    }

    private Route relation(
            Kind kind, String key, @Nullable String keyProperty, Relation relation, @Nullable String argument) {
        String cast = null;
        String member = argument == null ? null : keyOf(argument).replace("'", "");
        Suffix suffix = Suffix.NONE;
        while (at < segments.size()) {
            Segment next = segments.get(at++);
            String lower = next.name().toLowerCase(Locale.ROOT);
            if (lower.equals("$ref") && at == segments.size()) {
                suffix = Suffix.REF;
            } else if (lower.equals("$count") && at == segments.size()) {
                suffix = Suffix.COUNT;
            } else if (lower.startsWith(NAMESPACE)) {
                cast = lower.substring(NAMESPACE.length());
            } else if (member == null && !relation.single()) {
                if (row(relation, name(next))) {
                    return rowOperation(kind, key, keyProperty, relation, next);
                }
                member = keyOf(full(next));
            } else {
                return inner(new Route(
                        member == null ? Place.RELATION : Place.RELATION_ITEM,
                        kind,
                        key,
                        keyProperty,
                        relation,
                        member,
                        null,
                        Suffix.NONE,
                        cast,
                        owner,
                        template + (member == null ? "" : "/{id}")));
            }
        }
        if (member != null) {
            template.append("/{id}");
        }
        if (cast != null) {
            template.append("/").append(NAMESPACE).append(cast);
        }
        template.append(suffix == Suffix.REF ? "/$ref" : suffix == Suffix.COUNT ? "/$count" : "");
        return new Route(
                member == null ? Place.RELATION : Place.RELATION_ITEM,
                kind,
                key,
                keyProperty,
                relation,
                member,
                null,
                suffix,
                cast,
                owner,
                template.toString());
    }

    /** Whether a name is an operation on all rows of a relation. */
    private static boolean row(Relation relation, String name) {
        return relation.rows() && collective(Kinds.all().get(relation.targets().get(0)), name);
    }

    private static boolean collective(Kind kind, String name) {
        JsonNode action = kind.action(name);
        return action != null && action.path("on").asText().equals("collection");
    }

    private Route rowOperation(
            Kind kind, String key, @Nullable String keyProperty, Relation relation, Segment operation) {
        if (at != segments.size()) {
            throw unknown();
        }
        String lower = name(operation).toLowerCase(Locale.ROOT);
        Route rows = new Route(
                Place.RELATION,
                kind,
                key,
                keyProperty,
                relation,
                null,
                null,
                Suffix.NONE,
                null,
                owner,
                template.toString());
        return new Route(
                Place.COLLECTION_OPERATION,
                Kinds.all().get(relation.targets().get(0)),
                null,
                null,
                null,
                operation.argument(),
                lower,
                Suffix.NONE,
                null,
                rows,
                template + "/" + lower);
    }

    /** What comes after an object that another one leads to. */
    private Route inner(Route place) {
        at--;
        String next = name(segments.get(at));
        for (String target : place.mustRelation().targets()) {
            Kind kind = Kinds.all().get(target);
            if (kind.relation(next) != null || kind.property(next) != null || kind.action(next) != null) {
                owner = place;
                template.setLength(0);
                template.append(place.template());
                return under(kind, place.member() == null ? "" : place.member(), null);
            }
        }
        throw unknown();
    }

    private static String keyOf(String text) {
        int equals = text.indexOf("='");
        return equals > 0 && text.endsWith("'") ? text.substring(equals + 2, text.length() - 1) : text;
    }

    private Route directoryObject() {
        String argument = segments.get(0).argument();
        if (segments.size() == 1) {
            return argument == null
                    ? throwUnknown()
                    : object(Place.OBJECT, argument.replace("'", ""), null, "/directoryobjects/{id}");
        }
        String next = name(segments.get(1)).toLowerCase(Locale.ROOT);
        if (argument == null && segments.size() == 2) {
            return COLLECTION_OPERATIONS.contains(next)
                    ? object(Place.OBJECT_OPERATION, null, next, "/directoryobjects/" + next)
                    : object(Place.OBJECT, full(segments.get(1)), null, "/directoryobjects/{id}");
        }
        Segment operation = segments.get(segments.size() - 1);
        String name = name(operation).toLowerCase(Locale.ROOT);
        if (segments.size() == (argument == null ? 3 : 2) && ITEM_OPERATIONS.contains(name)) {
            String key = argument == null ? full(segments.get(1)) : argument.replace("'", "");
            return object(Place.OBJECT_OPERATION, key, name, "/directoryobjects/{id}/" + name);
        }
        throw unknown();
    }

    private static Route object(Place place, @Nullable String key, @Nullable String name, String template) {
        return new Route(place, null, key, null, null, null, name, Suffix.NONE, null, null, template);
    }

    private Route bin(int from, String base) {
        if (segments.size() <= from) {
            throw unknown();
        }
        Segment next = segments.get(from);
        String lower = next.name().toLowerCase(Locale.ROOT);
        if (lower.startsWith(NAMESPACE)) {
            Kind kind = Kinds.all().ofType(lower);
            if (kind == null || kind.bin() != Kind.Bin.DIRECTORY) {
                throw unknown();
            }
            boolean count =
                    segments.size() == from + 2 && segments.get(from + 1).name().equalsIgnoreCase("$count");
            if (segments.size() > from + 1 && !count) {
                throw unknown();
            }
            return new Route(
                    Place.BIN,
                    kind,
                    null,
                    null,
                    null,
                    null,
                    null,
                    count ? Suffix.COUNT : Suffix.NONE,
                    lower.substring(NAMESPACE.length()),
                    null,
                    base);
        }
        if (lower.equals("getuserownedobjects") && segments.size() == from + 1) {
            return object(Place.OBJECT_OPERATION, null, lower, base + "/" + lower);
        }
        return binItem(null, from, base);
    }

    private Route binItem(@Nullable Kind kind, int from, String base) {
        String key = full(segments.get(from));
        if (segments.size() == from + 1) {
            return new Route(
                    Place.BIN_ITEM, kind, key, null, null, null, null, Suffix.NONE, null, null, base + "/{id}");
        }
        String operation = name(segments.get(from + 1)).toLowerCase(Locale.ROOT);
        if (operation.equals("restore") && segments.size() == from + 2) {
            return new Route(
                    Place.BIN_RESTORE,
                    kind,
                    key,
                    null,
                    null,
                    null,
                    null,
                    Suffix.NONE,
                    null,
                    null,
                    base + "/{id}/restore");
        }
        throw unknown();
    }

    private Route policyBin() {
        String base = "/identity/conditionalaccess/deleteditems";
        if (segments.size() < 4) {
            throw unknown();
        }
        String which = segments.get(3).name().toLowerCase(Locale.ROOT);
        Kind kind = BY_PATH.get("identity/conditionalaccess/" + which);
        if (kind == null || kind.bin() != Kind.Bin.POLICIES) {
            throw unknown();
        }
        return segments.size() == 4 ? plain(Place.BIN, kind, base + "/" + which) : binItem(kind, 4, base + "/" + which);
    }

    private static String name(Segment segment) {
        String name = segment.name();
        return name.toLowerCase(Locale.ROOT).startsWith(NAMESPACE) ? name.substring(NAMESPACE.length()) : name;
    }

    private static Route plain(Place place, @Nullable Kind kind, String template) {
        return new Route(place, kind, null, null, null, null, null, Suffix.NONE, null, null, template);
    }

    private Route throwUnknown() {
        throw unknown();
    }

    private GraphRefusal unknown() {
        StringBuilder names = new StringBuilder();
        segments.forEach(s -> names.append('/').append(s.name()));
        String first = segments.isEmpty() ? "" : segments.get(0).name().toLowerCase(Locale.ROOT);
        if (!ROOTS.contains(first)) {
            return GraphRefusal.badQuery("Resource not found for the segment '"
                    + shortened(segments.isEmpty() ? "" : segments.get(0).name()) + "'.");
        }
        return GraphRefusal.notImplemented("This simulator has no route " + shortened(names.toString()) + ".");
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) : text;
    }
}
