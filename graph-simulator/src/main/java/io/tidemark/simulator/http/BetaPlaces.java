package io.tidemark.simulator.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Places that the beta version has under other names. */
final class BetaPlaces {

    private static final Map<String, String> NAMES = Map.of(
            "/administrativeunits", "/directory/administrativeUnits",
            "/settings", "/groupSettings",
            "/directorysettingtemplates", "/groupSettingTemplates",
            "/identity/conditionalaccess/authenticationstrengths",
                    "/identity/conditionalAccess/authenticationStrength");

    private static final String ENTITLEMENTS = "/identitygovernance/entitlementmanagement/";
    private static final Map<String, String> PARTS = Map.of(
            "accesspackagecatalogs", "catalogs",
            "accesspackageassignmentpolicies", "assignmentPolicies",
            "accesspackageassignments", "assignments",
            "accesspackageassignmentrequests", "assignmentRequests",
            "accesspackageresources", "resources",
            "accesspackageresourceroles", "resourceRoles",
            "accesspackageresourcescopes", "resourceScopes",
            "accesspackageresourcerolescopes", "resourceRoleScopes",
            "accesspackageresourceenvironments", "resourceEnvironments",
            "accesspackageresourcerequests", "resourceRequests");

    private BetaPlaces() {}

    /** The path as v1.0 names it. */
    static String inFirstVersion(String version, String path) {
        if (version.equals("beta")) {
            String lower = path.toLowerCase(Locale.ROOT);
            for (Map.Entry<String, String> name : NAMES.entrySet()) {
                int end = name.getKey().length();
                boolean whole = lower.length() == end || (lower.length() > end && "/(".indexOf(lower.charAt(end)) >= 0);
                if (lower.startsWith(name.getKey()) && whole) {
                    return name.getValue() + path.substring(end);
                }
            }
            if (lower.startsWith(ENTITLEMENTS)) {
                return Arrays.stream(path.split("/"))
                        .map(part -> PARTS.getOrDefault(part.toLowerCase(Locale.ROOT), part))
                        .collect(Collectors.joining("/"));
            }
        }
        return path;
    }
}
