package io.tidemark.simulator.http;

import io.tidemark.simulator.tenant.GraphRefusal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What Graph has at its root: what this simulator lacks of it is answered by 501, what Graph lacks by 400. */
final class PathRoots {

    private static final Set<String> NAMES = Set.of(
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

    private PathRoots() {}

    /** Whether a path without a version begins as Graph's do. */
    static boolean named(String path) {
        int slash = path.indexOf('/');
        return NAMES.contains(slash < 0 ? path : path.substring(0, slash));
    }

    /** Refuses a path that leads nowhere. */
    static GraphRefusal unknown(List<PathSegment> segments) {
        String first = segments.isEmpty() ? "" : segments.get(0).name();
        return NAMES.contains(first.toLowerCase(Locale.ROOT)) ? Segments.nowhere(segments) : Segments.unknown(first);
    }
}
