package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Forms service principals as Graph shows them. */
final class ServicePrincipals {

    private static final List<String> LISTS = List.of(
            "addIns",
            "alternativeNames",
            "appRoles",
            "keyCredentials",
            "notificationEmailAddresses",
            "oauth2PermissionScopes",
            "passwordCredentials",
            "replyUrls",
            "resourceSpecificApplicationPermissions",
            "servicePrincipalNames",
            "tags");
    private static final List<String> UNSET = List.of(
            "appDescription",
            "applicationTemplateId",
            "description",
            "disabledByMicrosoftStatus",
            "homepage",
            "loginUrl",
            "logoutUrl",
            "notes",
            "preferredSingleSignOnMode",
            "preferredTokenSigningKeyThumbprint",
            "samlSingleSignOnSettings",
            "tokenEncryptionKeyId");

    private ServicePrincipals() {}

    static ObjectNode started(String id, String appId, String displayName) {
        var principal = JsonNodeFactory.instance.objectNode();
        principal
                .put("id", id)
                .put("appId", appId)
                .put("displayName", displayName)
                .put("appDisplayName", displayName)
                .put("accountEnabled", true)
                .put("appRoleAssignmentRequired", false)
                .put("servicePrincipalType", "Application");
        LISTS.forEach(principal::putArray);
        UNSET.forEach(principal::putNull);
        principal.set("info", information());
        principal.set("verifiedPublisher", publisher());
        return principal;
    }

    /** The service principal of an application of the same tenant, which takes most from it. */
    static ObjectNode ofApplication(String id, ObjectNode application, Company company) {
        var appId = application.path("appId").asText();
        var principal = started(id, appId, application.path("displayName").asText());
        principal.put("appOwnerOrganizationId", company.tenantId());
        principal.set("signInAudience", application.path("signInAudience"));
        principal.set("homepage", application.path("web").path("homePageUrl"));
        principal.set("logoutUrl", application.path("web").path("logoutUrl"));
        principal.set("info", application.path("info").deepCopy());
        principal.set("appRoles", application.path("appRoles").deepCopy());
        principal.set(
                "oauth2PermissionScopes",
                application.path("api").path("oauth2PermissionScopes").deepCopy());
        var names = principal.withArray("servicePrincipalNames");
        application.path("identifierUris").forEach(names::add);
        names.add(appId);
        var replies = principal.withArray("replyUrls");
        for (var platform : List.of("web", "spa", "publicClient")) {
            application.path(platform).path("redirectUris").forEach((JsonNode uri) -> replies.add(uri));
        }
        principal.withArray("tags").add("WindowsAzureActiveDirectoryIntegratedApp");
        return principal;
    }

    static ObjectNode information() {
        var info = JsonNodeFactory.instance.objectNode();
        List.of("logoUrl", "marketingUrl", "privacyStatementUrl", "supportUrl", "termsOfServiceUrl")
                .forEach(info::putNull);
        return info;
    }

    static ObjectNode publisher() {
        var publisher = JsonNodeFactory.instance.objectNode();
        List.of("displayName", "verifiedPublisherId", "addedDateTime").forEach(publisher::putNull);
        return publisher;
    }
}
