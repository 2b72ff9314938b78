package io.tidemark.simulator.http;

import java.util.Locale;
import java.util.Map;

/** Places that the beta version has under other names. */
final class BetaPlaces {

    private static final Map<String, String> NAMES = Map.of(
            "/administrativeunits", "/directory/administrativeUnits",
            "/settings", "/groupSettings",
            "/directorysettingtemplates", "/groupSettingTemplates",
            "/identitygovernance/entitlementmanagement/accesspackagecatalogs",
                    "/identityGovernance/entitlementManagement/catalogs");

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
        }
        return path;
    }
}
