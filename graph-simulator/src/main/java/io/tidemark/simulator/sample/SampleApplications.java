package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Makes up the applications of a tenant, each from its number alone: first the sample clients, then two that policies name, then any. */
final class SampleApplications {

    static final int SALES_PORTAL = SampleClients.COUNT;
    static final int ORDER_ARCHIVE = SampleClients.COUNT + 1;

    private static final List<String> SORTS = List.of("Portal", "Dashboard", "Mobile", "API", "Exporter", "Suite");
    private static final List<String> OPTIONAL_CLAIMS = List.of("email", "groups", "upn", "ipaddr");

    private final long seed;
    private final SampleIds ids;
    private final Words words;
    private final Company company;
    private final List<SampleClient> clients;
    private final FirstParty firstParty;

    SampleApplications(
            long seed, SampleIds ids, Words words, Company company, List<SampleClient> clients, FirstParty firstParty) {
        this.seed = seed;
        this.ids = ids;
        this.words = words;
        this.company = company;
        this.clients = clients;
        this.firstParty = firstParty;
    }

    /** Whether the application exposes scopes and roles of its own. */
    static boolean isInterface(int number) {
        return number == SALES_PORTAL || (number > ORDER_ARCHIVE && number % SORTS.size() == 3);
    }

    static boolean isClient(int number) {
        return number < SampleClients.COUNT;
    }

    String name(int number) {
        if (isClient(number)) {
            return clients.get(number).name();
        }
        if (number <= ORDER_ARCHIVE) {
            return number == SALES_PORTAL ? "Sales Portal" : "Order Archive";
        }
        var subjects = words.subjects().size();
        var round = number / (subjects * SORTS.size());
        return words.subjects().get(number / SORTS.size() % subjects) + " " + SORTS.get(number % SORTS.size())
                + (round == 0 ? "" : " " + (round + 1));
    }

    ObjectNode application(int number) {
        var dice = new Dice(seed, "application", number);
        var application = started(number, dice);
        if (isClient(number)) {
            credentials(application, number, dice, 100);
            var required = require(application, FirstParty.GRAPH_APP_ID);
            clients.get(number).permissions().stream()
                    .sorted()
                    .forEach(permission -> access(required, firstParty.roleId(permission), "Role"));
            return application;
        }
        platforms(application, number, dice);
        if (isInterface(number)) {
            exposeInterface(application, number);
        }
        requirements(application, number, dice);
        credentials(application, number, dice, 45);
        decorations(application, number, dice);
        return application;
    }

    private ObjectNode started(int number, Dice dice) {
        var application = JsonNodeFactory.instance.objectNode();
        application
                .put("id", ids.application(number))
                .put("appId", ids.appId(number))
                .put("displayName", name(number))
                .put("createdDateTime", Moments.past(dice, 20, 2_500))
                .put("publisherDomain", company.domain())
                .put("signInAudience", !isClient(number) && dice.percent(10) ? "AzureADMultipleOrgs" : "AzureADMyOrg");
        for (var list : List.of(
                "addIns",
                "appRoles",
                "identifierUris",
                "keyCredentials",
                "managerApplications",
                "passwordCredentials",
                "requiredResourceAccess",
                "tags")) {
            application.putArray(list);
        }
        for (var unset : List.of(
                "applicationTemplateId",
                "certification",
                "createdByAppId",
                "defaultRedirectUri",
                "description",
                "disabledByMicrosoftStatus",
                "groupMembershipClaims",
                "isDeviceOnlyAuthSupported",
                "isFallbackPublicClient",
                "notes",
                "optionalClaims",
                "requestSignatureVerification",
                "samlMetadataUrl",
                "serviceManagementReference",
                "servicePrincipalLockConfiguration",
                "tokenEncryptionKeyId",
                "uniqueName")) {
            application.putNull(unset);
        }
        var api = application.putObject("api").putNull("acceptMappedClaims").putNull("requestedAccessTokenVersion");
        List.of("knownClientApplications", "oauth2PermissionScopes", "preAuthorizedApplications")
                .forEach(api::putArray);
        application.set("info", ServicePrincipals.information());
        application
                .putObject("parentalControlSettings")
                .put("legalAgeGroupRule", "Allow")
                .putArray("countriesBlockedForMinors");
        application.putObject("publicClient").putArray("redirectUris");
        application.putObject("spa").putArray("redirectUris");
        application.set("verifiedPublisher", ServicePrincipals.publisher());
        var web = application.putObject("web").putNull("homePageUrl").putNull("logoutUrl");
        web.putArray("redirectUris");
        web.putArray("redirectUriSettings");
        web.putObject("implicitGrantSettings")
                .put("enableAccessTokenIssuance", false)
                .put("enableIdTokenIssuance", false);
        return application;
    }

    private void platforms(ObjectNode application, int number, Dice dice) {
        var host = "https://" + name(number).toLowerCase(Locale.ROOT).replace(' ', '-') + "." + company.domain();
        var web = application.withObject("/web");
        if (isInterface(number) || number % SORTS.size() == 0 || number % SORTS.size() == 5) {
            web.put("homePageUrl", host + "/");
            web.put("logoutUrl", host + "/signout");
            var settings = web.withArray("redirectUriSettings");
            for (var path : List.of("/signin-oidc", "/auth/callback", "/silent").subList(0, dice.between(1, 3))) {
                web.withArray("redirectUris").add(host + path);
                settings.addObject().put("uri", host + path).putNull("index");
            }
            web.withObject("/implicitGrantSettings").put("enableIdTokenIssuance", dice.percent(30));
        } else if (number % SORTS.size() == 1) {
            application
                    .withObject("/spa")
                    .withArray("redirectUris")
                    .add(host + "/")
                    .add("http://localhost:4200/");
        } else if (number % SORTS.size() == 2) {
            application.put("isFallbackPublicClient", true);
            application
                    .withObject("/publicClient")
                    .withArray("redirectUris")
                    .add("https://login.microsoftonline.com/common/oauth2/nativeclient")
                    .add("msal" + ids.appId(number) + "://auth");
        }
    }

    private void exposeInterface(ObjectNode application, int number) {
        application.withArray("identifierUris").add("api://" + ids.appId(number));
        var api = application.withObject("/api").put("requestedAccessTokenVersion", 2);
        var scopes = api.withArray("oauth2PermissionScopes");
        scopes.add(FirstParty.scope(ids.id("scope", number * 4L), "access_as_user"));
        scopes.add(FirstParty.scope(ids.id("scope", number * 4L + 1), "orders.read"));
        var roles = application.withArray("appRoles");
        roles.add(userRole(ids.id("role", number * 4L), "Reader"));
        roles.add(userRole(ids.id("role", number * 4L + 1), "Approver"));
        var automation = FirstParty.role(ids.id("role", number * 4L + 2), "Automation.All");
        automation.put("isEnabled", number % 4 != 0);
        roles.add(automation);
    }

    private static ObjectNode userRole(String id, String value) {
        var role = FirstParty.role(id, value);
        role.putArray("allowedMemberTypes").add("User");
        return role.put("description", "May act as " + value.toLowerCase(Locale.ROOT));
    }

    private void requirements(ObjectNode application, int number, Dice dice) {
        var graph = require(application, FirstParty.GRAPH_APP_ID);
        access(graph, firstParty.scopeId("User.Read"), "Scope");
        var scopes = firstParty.scopes();
        var first = dice.below(scopes.size());
        var further = dice.below(4);
        for (var i = 0; i < further; i++) {
            var scope = scopes.get((first + i * 5) % scopes.size());
            if (!"User.Read".equals(scope)) {
                access(graph, firstParty.scopeId(scope), "Scope");
            }
        }
        if (number % SORTS.size() == 4) {
            access(graph, firstParty.roleId(dice.oneOf(firstParty.roles())), "Role");
        }
        if (number != SALES_PORTAL && dice.percent(25)) {
            access(require(application, ids.appId(SALES_PORTAL)), ids.id("scope", SALES_PORTAL * 4L), "Scope");
        }
    }

    private static ObjectNode require(ObjectNode application, String resourceAppId) {
        var required =
                application.withArray("requiredResourceAccess").addObject().put("resourceAppId", resourceAppId);
        required.putArray("resourceAccess");
        return required;
    }

    private static void access(ObjectNode required, String id, String type) {
        for (var known : required.path("resourceAccess")) {
            if (known.path("id").asText().equals(id)) {
                return;
            }
        }
        required.withArray("resourceAccess").addObject().put("id", id).put("type", type);
    }

    private void credentials(ObjectNode application, int number, Dice dice, int chance) {
        if (dice.percent(chance)) {
            application
                    .withArray("passwordCredentials")
                    .addObject()
                    .putNull("customKeyIdentifier")
                    .put("displayName", "deployment secret")
                    .put("endDateTime", Moments.daysAhead(dice.between(10, 700)))
                    .put("hint", ids.id("hint", number).substring(0, 3))
                    .put("keyId", ids.id("password", number))
                    .putNull("secretText")
                    .put("startDateTime", Moments.past(dice, 5, 600));
        }
        if (!isClient(number) && dice.percent(15)) {
            application
                    .withArray("keyCredentials")
                    .addObject()
                    .put(
                            "customKeyIdentifier",
                            SampleIds.ofPair(ids.id("thumbprint", number), ids.appId(number))
                                            .replace('_', 'A')
                                            .replace('-', 'B')
                                    + "=")
                    .put("displayName", "CN=" + name(number))
                    .put("endDateTime", Moments.daysAhead(dice.between(30, 700)))
                    .putNull("key")
                    .put("keyId", ids.id("certificate", number))
                    .put("startDateTime", Moments.past(dice, 5, 600))
                    .put("type", "AsymmetricX509Cert")
                    .put("usage", "Verify");
        }
    }

    private void decorations(ObjectNode application, int number, Dice dice) {
        if (dice.percent(30)) {
            application.put("description", "Runs " + name(number) + " for Contoso");
            application.put("notes", "Owned by the platform team");
        }
        if (dice.percent(20)) {
            application.put("groupMembershipClaims", dice.percent(50) ? "SecurityGroup" : "All");
            var claims = application.putObject("optionalClaims");
            for (var token : List.of("accessToken", "idToken", "saml2Token")) {
                claims.putArray(token);
            }
            var claim = claims.withArray("idToken").addObject();
            claim.put("name", dice.oneOf(OPTIONAL_CLAIMS))
                    .putNull("source")
                    .put("essential", false)
                    .putArray("additionalProperties");
        }
        if (dice.percent(25)) {
            application.put("serviceManagementReference", "SVC" + (10_000 + number));
            application
                    .withObject("/info")
                    .put("privacyStatementUrl", "https://www." + company.domain() + "/privacy")
                    .put("termsOfServiceUrl", "https://www." + company.domain() + "/terms");
        }
        if (dice.percent(15)) {
            application.withArray("tags").add("HideApp");
        }
    }
}
