package io.tidemark.simulator.quota;

import java.util.Map;
import java.util.Set;

/** The documented costs of requests in resource units. */
public final class Costs {

    private static final Map<String, Integer> GET = Map.ofEntries(
            Map.entry("/users", 2),
            Map.entry("/groups/{id}/members", 3),
            Map.entry("/groups/{id}/transitivemembers", 5),
            Map.entry("/applications", 2),
            Map.entry("/applications/{id}/extensionproperties", 2),
            Map.entry("/serviceprincipals/{id}/approleassignments", 2),
            Map.entry("/oauth2permissiongrants", 2),
            Map.entry("/oauth2permissiongrants/{id}", 2),
            Map.entry("/users/{id}/memberof", 2),
            Map.entry("/users/{id}/transitivememberof", 2),
            Map.entry("/users/{id}/ownedobjects", 2),
            Map.entry("/users/{id}/licensedetails", 2),
            Map.entry("/subscribedskus", 3),
            Map.entry("/contracts", 3),
            Map.entry("/domains/{id}/domainnamereferences", 4));
    private static final Set<String> CHECKS = Set.of("ismemberof", "checkmembergroups", "checkmemberobjects");
    private static final Set<String> MEMBERSHIPS = Set.of("getmembergroups", "getmemberobjects");
    private static final Set<String> ONE_A_SECOND =
            Set.of("conditionalAccessPolicy", "namedLocation", "riskDetection", "riskyUser", "riskyUserHistoryItem");
    private static final int SMALL_PAGE = 20;

    private Costs() {}

    /** Whose quota a kind's requests are counted against, for a kind that a service keeps. */
    public static String service(String keeper, String type) {
        if (keeper.equals("conditionalAccess") && !ONE_A_SECOND.contains(type)) {
            return "directory";
        }
        return type.equals("authenticationFlowsPolicy") ? "identityProviders" : keeper;
    }

    /** Whether a request counts as a write: every one that is no GET, but for the questions that have costs of their own. */
    public static boolean write(String method, String template) {
        return !method.equals("GET") && !(method.equals("POST") && asks(last(template)));
    }

    private static boolean asks(String operation) {
        return operation.equals("getbyids") || CHECKS.contains(operation) || MEMBERSHIPS.contains(operation);
    }

    private static String last(String template) {
        return template.substring(template.lastIndexOf('/') + 1);
    }

    /** The cost of a request to a path template with its query options. */
    public static int resourceUnits(String method, String template, boolean select, boolean expand, int top) {
        if (method.equals("POST")) {
            String last = last(template);
            if (last.equals("getbyids")) {
                return select ? 2 : 5;
            }
            if (CHECKS.contains(last)) {
                return 4;
            }
            if (MEMBERSHIPS.contains(last)) {
                return 2;
            }
        }
        if (!method.equals("GET")) {
            return 1;
        }
        int cost = GET.getOrDefault(template, 1);
        cost += expand ? 1 : 0;
        cost -= select ? 1 : 0;
        cost -= top > 0 && top < SMALL_PAGE ? 1 : 0;
        return Math.max(1, cost);
    }
}
