package io.tidemark.audit.translate;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.Trait;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log's names of properties, brought to ours. Most differ in case only; the rest stands in the tables. */
final class PropertyNames {

    private static final Pattern EXTENSION_ATTRIBUTE = Pattern.compile("extensionattribute(\\d{1,2})");

    private static final Map<String, String> USER = Map.ofEntries(
            Map.entry("strefreshtokensvalidfrom", "signInSessionsValidFromDateTime"),
            Map.entry("stsrefreshtokensvalidfrom", "signInSessionsValidFromDateTime"),
            Map.entry("sourceanchor", "onPremisesImmutableId"),
            Map.entry("physicaldeliveryofficename", "officeLocation"),
            Map.entry("telephonenumber", "businessPhones"),
            Map.entry("mobile", "mobilePhone"),
            Map.entry("company", "companyName"),
            Map.entry("othermail", "otherMails"),
            Map.entry("facsimiletelephonenumber", "faxNumber"),
            Map.entry("userstate", "externalUserState"),
            Map.entry("userstatechangedon", "externalUserStateChangeDateTime"),
            Map.entry("assignedlicense", "assignedLicenses"),
            Map.entry("assignedplan", "assignedPlans"),
            Map.entry("licenseassignmentdetail", "licenseAssignmentStates"),
            Map.entry("extensionattribute", "onPremisesExtensionAttributes"),
            Map.entry("extensionattributes", "onPremisesExtensionAttributes"));

    private static final Map<String, String> GROUP = Map.of(
            "grouptype", "groupTypes",
            "ispublic", "visibility",
            "assignedlicense", "assignedLicenses",
            "assignedlabel", "assignedLabels");

    private static final Map<String, String> APPLICATION = Map.ofEntries(
            Map.entry("availabletoothertenants", "signInAudience"),
            Map.entry("appaddress", "web/redirectUris spa/redirectUris publicClient/redirectUris"),
            Map.entry("entitlement", "appRoles api/oauth2PermissionScopes"),
            Map.entry("publicclient", "isFallbackPublicClient"),
            Map.entry("wwwhomepage", "web/homePageUrl"),
            Map.entry("appidentifieruri", "identifierUris"),
            Map.entry("keydescription", "keyCredentials passwordCredentials"));

    private static final Map<String, String> SERVICE_PRINCIPAL = Map.of(
            "appprincipalid", "appId",
            "serviceprincipalname", "servicePrincipalNames",
            "appaddress", "replyUrls",
            "entitlement", "appRoles oauth2PermissionScopes",
            "credential", "keyCredentials passwordCredentials",
            "keydescription", "keyCredentials passwordCredentials");

    private static final Map<ObjectKind, Map<String, String>> TABLES = tables();

    private PropertyNames() {}

    /** Our paths of what the log calls so; more than one where the log does not tell them apart, none if it is none of ours. */
    static List<String> paths(ObjectKind kind, String loggedName) {
        String name = loggedName.toLowerCase(Locale.ROOT);
        Matcher extension = EXTENSION_ATTRIBUTE.matcher(name);
        if (kind == ObjectKind.USER && extension.matches()) {
            return List.of("onPremisesExtensionAttributes/extensionAttribute" + extension.group(1));
        }
        String known = TABLES.getOrDefault(kind, Map.of()).get(name);
        return known == null ? List.of() : List.of(known.split(" "));
    }

    static LoggedValue.Form form(ObjectKind kind, String path) {
        boolean collection = Catalogue.of(kind)
                .find(path)
                .map(property -> property.has(Trait.COLLECTION))
                .orElse(path.endsWith("/redirectUris"));
        return collection ? LoggedValue.Form.COLLECTION : LoggedValue.Form.SINGLE;
    }

    private static Map<ObjectKind, Map<String, String>> tables() {
        Map<ObjectKind, Map<String, String>> tables = new EnumMap<>(ObjectKind.class);
        for (ObjectKind kind : ObjectKind.values()) {
            Map<String, String> table = new HashMap<>();
            for (String name : Catalogue.of(kind).properties().keySet()) {
                if (name.indexOf('/') < 0) {
                    table.put(name.toLowerCase(Locale.ROOT), name);
                }
            }
            table.putAll(special(kind));
            tables.put(kind, table);
        }
        return tables;
    }

    private static Map<String, String> special(ObjectKind kind) {
        return switch (kind) {
            case USER -> USER;
            case GROUP -> GROUP;
            case APPLICATION -> APPLICATION;
            case SERVICE_PRINCIPAL -> SERVICE_PRINCIPAL;
            default -> Map.of();
        };
    }
}
