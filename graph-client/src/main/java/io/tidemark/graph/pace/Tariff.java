package io.tidemark.graph.pace;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What requests cost, as Graph publishes it. */
public final class Tariff {

    private static final int SMALL_PAGE = 20;

    private Tariff() {}

    /**
     * The charges of one request.
     *
     * @param method the HTTP method
     * @param pathAndQuery the address after the version, such as {@code users?$top=999}
     */
    public static List<Charge> charges(String method, String pathAndQuery) {
        int mark = pathAndQuery.indexOf('?');
        String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
        Map<String, String> query = query(mark < 0 ? "" : pathAndQuery.substring(mark + 1));
        String[] segments = segments(path);
        String first = segments[0];
        if (first.equals("$batch")) {
            return List.of();
        }
        if (isOneASecond(segments)) {
            return List.of(new Charge(Lane.CONDITIONAL_ACCESS, 1));
        }
        if (first.equals("auditlogs") || first.equals("reports")) {
            return List.of(new Charge(Lane.REPORTS, 1));
        }
        if (method.equals("GET")) {
            return List.of(new Charge(Lane.READ, modified(readUnits(segments), query)));
        }
        int question = questionUnits(method, segments, query);
        return question > 0
                ? List.of(new Charge(Lane.READ, question))
                : List.of(new Charge(Lane.READ, 1), new Charge(Lane.WRITE, 1));
    }

    /** Below Conditional Access, contexts and strengths are not among what Graph's table counts so. */
    private static boolean isOneASecond(String[] segments) {
        boolean conditional = segments[0].equals("identity") && at(segments, 1).equals("conditionalaccess");
        return segments[0].equals("identityprotection")
                || conditional
                        && !isOneOf(at(segments, 2), "authenticationcontextclassreferences", "authenticationstrength");
    }

    private static int modified(int units, Map<String, String> query) {
        int modified = units;
        if (query.containsKey("$select")) {
            modified--;
        }
        if (query.containsKey("$expand")) {
            modified++;
        }
        if (isSmallPage(query.getOrDefault("$top", ""))) {
            modified--;
        }
        return Math.max(1, modified);
    }

    private static boolean isSmallPage(String top) {
        return !top.isEmpty()
                && top.length() <= 2
                && top.chars().allMatch(Character::isDigit)
                && Integer.parseInt(top) < SMALL_PAGE;
    }

    private static int readUnits(String[] segments) {
        String relation = at(segments, 2);
        boolean list = segments.length == 1 || at(segments, 1).contains("delta");
        return switch (segments[0]) {
            case "users", "me" ->
                list || isOneOf(relation, "memberof", "transitivememberof", "ownedobjects", "licensedetails") ? 2 : 1;
            case "groups" -> relation.equals("members") ? 3 : relation.equals("transitivemembers") ? 5 : 1;
            case "applications" -> list || relation.equals("extensionproperties") ? 2 : 1;
            case "serviceprincipals" -> relation.equals("approleassignments") ? 2 : 1;
            case "oauth2permissiongrants" -> 2;
            case "subscribedskus", "contracts" -> 3;
            case "domains" -> relation.equals("domainnamereferences") ? 4 : 1;
            default -> 1;
        };
    }

    /** The cost of a POST that only asks; 0 if it is none. */
    private static int questionUnits(String method, String[] segments, Map<String, String> query) {
        if (!method.equals("POST")) {
            return 0;
        }
        return switch (segments[segments.length - 1]) {
            case "getbyids" -> query.containsKey("$select") ? 2 : 5;
            case "ismemberof", "checkmembergroups", "checkmemberobjects" -> 4;
            case "getmembergroups", "getmemberobjects" -> 2;
            default -> 0;
        };
    }

    private static boolean isOneOf(String word, String... words) {
        return List.of(words).contains(word);
    }

    private static String at(String[] segments, int index) {
        return index < segments.length ? segments[index] : "";
    }

    private static String[] segments(String path) {
        String trimmed = path.startsWith("/") ? path.substring(1) : path;
        String[] segments = trimmed.toLowerCase(Locale.ROOT).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            segments[i] = segments[i].replace("microsoft.graph.", "");
        }
        return segments;
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.put(name.replace("%24", "$").toLowerCase(Locale.ROOT), decoded(value));
        }
        return query;
    }

    private static String decoded(String value) {
        return value.length() > 4 ? value : URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
