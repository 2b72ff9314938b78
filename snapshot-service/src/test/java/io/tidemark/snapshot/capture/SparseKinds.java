package io.tidemark.snapshot.capture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.SeedSink;
import io.tidemark.simulator.tenant.TenantSeed;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One object of every kind that a made-up tenant has none of, with what it hangs on, and with values that are easily lost. */
final class SparseKinds implements TenantSeed {

    static final String USER = "aaaaaaaa-0000-4000-8000-000000000001";
    static final String OTHER_USER = "aaaaaaaa-0000-4000-8000-000000000002";
    static final String TEAM = "aaaaaaaa-0000-4000-8000-000000000003";
    static final String PRIVILEGED = "aaaaaaaa-0000-4000-8000-000000000004";
    static final String APPLICATION = "aaaaaaaa-0000-4000-8000-000000000005";
    static final String APP_ID = "aaaaaaaa-0000-4000-8000-000000000006";
    static final String PRINCIPAL = "aaaaaaaa-0000-4000-8000-000000000007";
    static final String UNIT = "aaaaaaaa-0000-4000-8000-000000000008";
    static final String PARTNER = "aaaaaaaa-0000-4000-8000-000000000009";
    static final String PACKAGE = "aaaaaaaa-0000-4000-8000-00000000000a";
    static final String OTHER_PACKAGE = "aaaaaaaa-0000-4000-8000-00000000000b";
    private static final String READERS = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";

    private final String organization;

    /** For a tenant of this id. */
    SparseKinds(String organization) {
        this.organization = organization;
    }

    @Override
    public void emit(SeedSink sink) {
        people(sink);
        applications(sink);
        attributes(sink);
        organization(sink);
        schedules(sink);
    }

    private static void people(SeedSink sink) {
        user(sink, USER, "rich");
        user(sink, OTHER_USER, "poor");
        sink.link("users", USER, "manager", OTHER_USER);
        sink.link("users", USER, "sponsors", OTHER_USER);
        object(sink, "groups", TEAM, """
                "displayName":"Team","mailNickname":"team","mailEnabled":true,"securityEnabled":false,"groupTypes":["Unified"]""");
        object(sink, "groups", PRIVILEGED, """
                "displayName":"Admins","mailNickname":"admins","mailEnabled":false,"securityEnabled":true,"isAssignableToRole":true""");
        object(sink, "groupLifecyclePolicies", id(21), """
                "groupLifetimeInDays":180,"managedGroupTypes":"Selected","alternateNotificationEmails":"a@contoso.example\"""");
        sink.link("groupLifecyclePolicies", id(21), "managedGroups", TEAM);
        object(sink, "accessPackages", PACKAGE, "\"displayName\":\"Paying\",\"isHidden\":false");
        object(sink, "accessPackages", OTHER_PACKAGE, "\"displayName\":\"Ordering\",\"isHidden\":false");
        sink.link("accessPackages", PACKAGE, "incompatibleAccessPackages", OTHER_PACKAGE);
        sink.link("accessPackages", PACKAGE, "incompatibleGroups", PRIVILEGED);
        object(sink, "administrativeUnits", UNIT, """
                "displayName":"Unit","description":"one \uD83D\uDE00 two\"""");
        sink.link("administrativeUnits", UNIT, "members", USER);
        object(sink, "scopedRoleMemberships", "AbC-_scoped", """
                "administrativeUnitId":"%s","roleId":"%s","roleMemberInfo":{"id":"%s","displayName":"rich"}""".formatted(UNIT, id(22), USER));
        sink.link("administrativeUnits", UNIT, "scopedRoleMembers", "AbC-_scoped");
    }

    private static void applications(SeedSink sink) {
        object(sink, "applications", APPLICATION, """
                "appId":"%s","displayName":"App","signInAudience":"AzureADMyOrg","notes":"a\\n\\t\\"b\\\\c\"""".formatted(APP_ID));
        object(sink, "servicePrincipals", PRINCIPAL, """
                "appId":"%s","displayName":"App","servicePrincipalType":"Application","accountEnabled":true""".formatted(APP_ID));
        object(sink, "federatedIdentityCredentials", id(30), """
                "name":"ci","issuer":"https://ci.example","subject":"main","audiences":["api://AzureADTokenExchange"]""");
        sink.link("applications", APPLICATION, "federatedIdentityCredentials", id(30));
        object(sink, "extensionProperties", id(31), """
                "name":"extension_%s_badge","dataType":"String","targetObjects":["User"],"appDisplayName":"App","isMultiValued":false""".formatted(APP_ID.replace("-", "")));
        sink.link("applications", APPLICATION, "extensionProperties", id(31));
        object(sink, "schemaExtensions", "contoso_courses", """
                "owner":"%s","description":"Courses","status":"Available","targetTypes":["User"],"properties":[{"name":"course","type":"String"}]""".formatted(APP_ID));
        object(sink, "delegatedPermissionClassifications", "Classified-1", """
                "permissionId":"%s","permissionName":"User.Read","classification":"low\"""".formatted(id(32)));
        sink.link("servicePrincipals", PRINCIPAL, "delegatedPermissionClassifications", "Classified-1");
    }

    private static void attributes(SeedSink sink) {
        object(sink, "attributeSets", "Engineering", "\"description\":\"d\",\"maxAttributesPerSet\":25");
        object(sink, "customSecurityAttributeDefinitions", "Engineering_Project", """
                "attributeSet":"Engineering","name":"Project","type":"String","status":"Available","isCollection":true,"isSearchable":true,"usePreDefinedValuesOnly":true""");
        object(sink, "attributeAllowedValues", "Baker", "\"isActive\":true");
        sink.link("customSecurityAttributeDefinitions", "Engineering_Project", "allowedValues", "Baker");
    }

    private void organization(SeedSink sink) {
        object(sink, "domains", "federated.example", """
                "authenticationType":"Federated","isVerified":true,"isDefault":false,"isInitial":false,"isRoot":true,"isAdminManaged":true,"supportedServices":["Email"]""");
        object(sink, "federationConfigurations", id(40), """
                "displayName":"Other","issuerUri":"https://sts.example","passiveSignInUri":"https://sts.example/in","preferredAuthenticationProtocol":"wsFed\"""");
        sink.link("domains", "federated.example", "federationConfiguration", id(40));
        String branding = organization + "/0";
        object(sink, "brandingLocalizations", branding + "/fr-FR", """
                "signInPageText":"Bienvenue","cdnList":[],"bannerLogoRelativeUrl":"x/logintenantbranding/fr-FR/bannerlogo?ts=1","bannerLogo":{"type":"image/png","bytes":"iVBORw0KGgo="},"faviconRelativeUrl":null""");
        sink.link("brandings", branding, "localizations", branding + "/fr-FR");
        object(sink, "certificateBasedAuthConfigurations", id(41), """
                "certificateAuthorities":[{"isRootAuthority":true,"issuer":"CN=Root","certificate":"AQID"}]""");
        sink.link("organization", organization, "certificateBasedAuthConfiguration", id(41));
        object(sink, "crossTenantPartners", PARTNER, """
                "tenantId":"%s","isServiceProvider":false""".formatted(PARTNER));
        object(sink, "identitySynchronizations", PARTNER + "-sync", """
                "tenantId":"%s","displayName":"Sync","userSyncInbound":{"isSyncAllowed":true}""".formatted(PARTNER));
        sink.link("crossTenantPartners", PARTNER, "identitySynchronization", PARTNER + "-sync");
        object(sink, "connectedOrganizations", id(42), """
                "displayName":"Fabrikam","state":"configured","identitySources":[]""");
        sink.link("connectedOrganizations", id(42), "externalSponsors", OTHER_USER);
    }

    private static void schedules(SeedSink sink) {
        String schedule = """
                "principalId":"%s","status":"Provisioned","memberType":"Direct","createdDateTime":"2026-01-01T00:00:00Z","scheduleInfo":{"startDateTime":"2026-01-01T00:00:00Z","expiration":{"type":"noExpiration"}}""".formatted(USER);
        object(
                sink,
                "roleEligibilitySchedules",
                id(50),
                schedule + ",\"roleDefinitionId\":\"" + READERS + "\",\"directoryScopeId\":\"/\"");
        object(
                sink,
                "groupEligibilitySchedules",
                PRIVILEGED + "_member_" + id(51),
                schedule + ",\"accessId\":\"member\",\"groupId\":\"" + PRIVILEGED + "\"");
        object(
                sink,
                "groupAssignmentSchedules",
                PRIVILEGED + "_member_" + id(52),
                schedule + ",\"accessId\":\"owner\",\"assignmentType\":\"assigned\",\"groupId\":\"" + PRIVILEGED
                        + "\"");
    }

    private static void user(SeedSink sink, String id, String name) {
        object(sink, "users", id, """
                "displayName":"%1$s \uD83D\uDE00","userPrincipalName":"%1$s@contoso.example","mailNickname":"%1$s","accountEnabled":true,"userType":"Member","otherMails":["%1$s@x.example"],"employeeOrgData":{"division":null,"costCenter":"1.0"}""".formatted(name));
    }

    private static String id(int number) {
        return "aaaaaaaa-0000-4000-8000-0000000001" + number;
    }

    private static void object(SeedSink sink, String collection, String id, String members) {
        try {
            sink.object(collection, ((ObjectNode) Json.mapper().readTree("{" + members + "}")).put("id", id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
