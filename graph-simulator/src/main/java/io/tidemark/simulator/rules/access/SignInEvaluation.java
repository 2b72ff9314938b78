package io.tidemark.simulator.rules.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.MembershipRule;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.Tenant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells which Conditional Access policies a sign-in would meet, and why it would not meet the others. */
final class SignInEvaluation {

    private static final String APPLIES = "notSet";
    private static final Map<String, List<String>> SUITES = Map.of(
            "Office365",
            List.of(
                    "00000002-0000-0ff1-ce00-000000000000",
                    "00000003-0000-0ff1-ce00-000000000000",
                    "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe"),
            "MicrosoftAdminPortals",
            List.of("c44b4083-3bb0-49c1-b47d-974e53cbdf3c", "80ccca67-54bd-44ab-8625-4b79c4dc7775"));

    private final Tenant tenant;
    private final SignIn signIn;

    private SignInEvaluation(Tenant tenant, SignIn signIn) {
        this.tenant = tenant;
        this.signIn = signIn;
    }

    static Outcome run(ActionCall call) {
        Tenant tenant = call.tenant();
        SignInEvaluation evaluation = new SignInEvaluation(tenant, SignIn.of(tenant, call.body()));
        boolean appliedOnly = call.body().path("appliedPoliciesOnly").asBoolean(false);
        ArrayNode results = Json.array();
        for (Node policy : tenant.after(call.kind(), 0)) {
            if (policy.live()) {
                String reason = evaluation.reason(policy.entity().toJson());
                if (reason.equals(APPLIES) || !appliedOnly) {
                    ObjectNode result = policy.entity().toJson();
                    result.put("policyApplies", reason.equals(APPLIES));
                    result.put("analysisReasons", reason);
                    results.add(result);
                }
            }
        }
        return Outcome.value("Collection(microsoft.graph.whatIfAnalysisResult)", results);
    }

    /** Why a policy does not apply; {@code notSet} if it does. */
    private String reason(JsonNode policy) {
        if (policy.path("state").asText().equals("disabled")) {
            return "policyNotEnabled";
        }
        JsonNode conditions = policy.path("conditions");
        if (signIn.service()) {
            if (!workload(conditions.path("clientApplications"))) {
                return "workloadIdentities";
            }
        } else if (!user(conditions.path("users"))) {
            return "users";
        }
        String target = target(conditions.path("applications"));
        return target.equals(APPLIES) ? circumstances(conditions) : target;
    }

    private boolean workload(JsonNode applications) {
        String id = signIn.actor().id();
        return (holds(applications, "includeServicePrincipals", id)
                        || holds(applications, "includeServicePrincipals", "ServicePrincipalsInMyTenant"))
                && !holds(applications, "excludeServicePrincipals", id);
    }

    private boolean user(JsonNode users) {
        return named(users, "include") && !named(users, "exclude");
    }

    private boolean named(JsonNode users, String side) {
        boolean guest = !signIn.externalType().isEmpty();
        return holds(users, side + "Users", "All")
                || holds(users, side + "Users", signIn.actor().id())
                || (guest && holds(users, side + "Users", "GuestsOrExternalUsers"))
                || any(users.path(side + "Groups"), group -> signIn.groups().contains(group.toLowerCase(Locale.ROOT)))
                || any(users.path(side + "Roles"), role -> signIn.roles().contains(role.toLowerCase(Locale.ROOT)))
                || (guest
                        && List.of(users.path(side + "GuestsOrExternalUsers")
                                        .path("guestOrExternalUserTypes")
                                        .asText()
                                        .split("\\s*,\\s*"))
                                .contains(signIn.externalType()));
    }

    private String target(JsonNode applications) {
        JsonNode context = signIn.context();
        if (context.hasNonNull("userAction")) {
            String action = context.path("userAction").asText().toLowerCase(Locale.ROOT);
            return any(
                            applications.path("includeUserActions"),
                            wanted -> wanted.toLowerCase(Locale.ROOT)
                                    .replace("urn:user:", "")
                                    .equals(
                                            action.startsWith("register") && action.contains("device")
                                                    ? "registerdevice"
                                                    : "registersecurityinfo"))
                    ? APPLIES
                    : "userActions";
        }
        if (context.hasNonNull("authenticationContextValue")) {
            return holds(
                            applications,
                            "includeAuthenticationContextClassReferences",
                            context.path("authenticationContextValue").asText())
                    ? APPLIES
                    : "authenticationContext";
        }
        JsonNode wanted = context.path("includeApplications");
        boolean reached = any(
                wanted,
                id -> application(applications, "includeApplications", id)
                        && !application(applications, "excludeApplications", id));
        return reached ? APPLIES : "application";
    }

    private static boolean application(JsonNode applications, String side, String id) {
        return holds(applications, side, "All")
                || holds(applications, side, id)
                || any(
                        applications.path(side),
                        suite -> SUITES.getOrDefault(suite, List.of()).contains(id));
    }

    private String circumstances(JsonNode conditions) {
        if (!listed(conditions.path("clientAppTypes"), "clientAppType", "all")) {
            return "clientApps";
        }
        JsonNode platforms = conditions.path("platforms");
        String platform = signIn.told("devicePlatform");
        boolean everyPlatform = holds(platforms, "includePlatforms", "all");
        if (platforms.isObject()
                && (!(everyPlatform || (platform != null && holds(platforms, "includePlatforms", platform)))
                        || (platform != null && holds(platforms, "excludePlatforms", platform)))) {
            return "devicePlatform";
        }
        if (conditions.path("locations").isObject() && !located(conditions.path("locations"))) {
            return "location";
        }
        if (!listed(conditions.path("signInRiskLevels"), "signInRiskLevel", "")
                || !listed(conditions.path("servicePrincipalRiskLevels"), "servicePrincipalRiskLevel", "")) {
            return "signInRisk";
        }
        if (!listed(conditions.path("userRiskLevels"), "userRiskLevel", "")) {
            return "userRisk";
        }
        if (!flags(conditions.path("insiderRiskLevels"), signIn.told("insiderRiskLevel"))) {
            return "insiderRisk";
        }
        JsonNode flow = signIn.conditions().path("authenticationFlow").path("transferMethod");
        if (!flags(
                conditions.path("authenticationFlows").path("transferMethods"),
                flow.isTextual() ? flow.asText() : null)) {
            return "authenticationFlow";
        }
        return device(conditions.path("devices").path("deviceFilter")) ? APPLIES : "devices";
    }

    /** Whether a list is empty or holds what is told, or the word for everything. */
    private boolean listed(JsonNode list, String condition, String everything) {
        String told = signIn.told(condition);
        return list.isEmpty()
                || any(list, one -> one.equals(everything) || (told != null && one.equalsIgnoreCase(told)));
    }

    private static boolean flags(JsonNode wanted, @Nullable String told) {
        return !wanted.isTextual()
                || wanted.asText().isEmpty()
                || (told != null && List.of(wanted.asText().split("\\s*,\\s*")).contains(told));
    }

    private boolean located(JsonNode locations) {
        return any(locations.path("includeLocations"), this::at) && !any(locations.path("excludeLocations"), this::at);
    }

    private boolean at(String location) {
        if (location.equals("All")) {
            return true;
        }
        Kind kind = Kinds.all().get("namedLocations");
        if (location.equals("AllTrusted")) {
            return tenant.after(kind, 0).stream()
                    .anyMatch(node -> node.live()
                            && "true".equals(node.entity().text("isTrusted"))
                            && within(node.entity().toJson()));
        }
        Node node = tenant.find(kind, location);
        return node != null && node.live() && within(node.entity().toJson());
    }

    private boolean within(JsonNode location) {
        String address = signIn.told("ipAddress");
        String country = signIn.told("country");
        for (JsonNode range : location.path("ipRanges")) {
            if (address != null && AddressRange.holds(range.path("cidrAddress").asText(), address)) {
                return true;
            }
        }
        return country == null
                ? location.path("includeUnknownCountriesAndRegions").asBoolean(false)
                : any(location.path("countriesAndRegions"), country::equalsIgnoreCase);
    }

    private boolean device(JsonNode filter) {
        if (!filter.isObject()) {
            return true;
        }
        JsonNode told = signIn.conditions().path("deviceInfo");
        Predicate<Entity> rule = MembershipRule.parse(filter.path("rule").asText());
        boolean meets = told instanceof ObjectNode device && rule != null && rule.test(Entity.of(device));
        return filter.path("mode").asText().equals("include") == meets;
    }

    private static boolean holds(JsonNode parent, String list, String value) {
        return any(parent.path(list), value::equalsIgnoreCase);
    }

    private static boolean any(JsonNode list, Predicate<String> wanted) {
        for (JsonNode one : list) {
            if (wanted.test(one.asText())) {
                return true;
            }
        }
        return false;
    }
}
