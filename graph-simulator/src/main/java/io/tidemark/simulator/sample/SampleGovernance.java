package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.List;

/** How a made-up company governs its directory: a restricted unit, roles for a time, security attributes, settings, licences. */
final class SampleGovernance {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SMALLEST = 50;
    private static final List<String> COUNTRIES = List.of("France", "Canada", "Japan");
    private static final List<String> ELIGIBLE = List.of(
            "Global Administrator",
            "Privileged Role Administrator",
            "Security Administrator",
            "Conditional Access Administrator",
            "User Administrator",
            "Groups Administrator",
            "Application Administrator",
            "Authentication Administrator");

    private final SampleIds ids;
    private final Staff staff;
    private final SampleRoles roles;

    SampleGovernance(SampleIds ids, Staff staff, SampleRoles roles) {
        this.ids = ids;
        this.staff = staff;
        this.roles = roles;
    }

    void emit(SeedSink sink) {
        emitLicences(sink);
        sink.object("groupSettings", groupSetting());
        if (staff.users() < SMALLEST) {
            return;
        }
        sink.object(
                "groupLifecyclePolicies",
                JSON.objectNode()
                        .put("id", ids.id("lifecycle policy", 0))
                        .put("groupLifetimeInDays", 365)
                        .put("managedGroupTypes", "Selected")
                        .put("alternateNotificationEmails", "tenant-operations@contoso.example"));
        emitRestrictedUnit(sink);
        for (var number = 0; number < ELIGIBLE.size(); number++) {
            emitEligible(number, sink);
        }
        emitAttributes(sink);
    }

    /** The accounts that open the tenant in an emergency, out of everybody's reach. */
    private void emitRestrictedUnit(SeedSink sink) {
        var id = ids.id("administrative unit", 1_000);
        sink.object(
                "administrativeUnits",
                JSON.objectNode()
                        .put("id", id)
                        .putNull("deletedDateTime")
                        .put("displayName", "Emergency Accounts")
                        .put("description", "Accounts that tenant-wide roles do not reach")
                        .put("isMemberManagementRestricted", true)
                        .putNull("membershipRule")
                        .putNull("membershipRuleProcessingState")
                        .putNull("membershipType")
                        .put("visibility", "HiddenMembership"));
        for (var user = 0; user < Staff.BREAK_GLASS; user++) {
            sink.link("administrativeUnits", id, "members", ids.user(user));
        }
    }

    private void emitEligible(int number, SeedSink sink) {
        var role = roles.id(ELIGIBLE.get(number));
        var principal = ids.user(staff.memberOf(Departments.IT, number));
        var id = ids.id("eligibility", number);
        var begun = Moments.daysAgo(60 + number, 0);
        sink.object(
                "roleEligibilitySchedules",
                common(id, role, principal)
                        .put("createdUsing", ids.id("eligibility request", number))
                        .put("createdDateTime", begun)
                        .put("modifiedDateTime", begun)
                        .put("status", "Provisioned")
                        .put("memberType", "Direct")
                        .set(
                                "scheduleInfo",
                                JSON.objectNode()
                                        .put("startDateTime", begun)
                                        .putNull("recurrence")
                                        .set(
                                                "expiration",
                                                JSON.objectNode()
                                                        .put("type", "noExpiration")
                                                        .putNull("duration")
                                                        .putNull("endDateTime"))));
        sink.object(
                "roleEligibilityScheduleInstances",
                common(SampleIds.ofPair(role, principal) + "-e", role, principal)
                        .put("startDateTime", begun)
                        .putNull("endDateTime")
                        .put("memberType", "Direct")
                        .put("roleEligibilityScheduleId", id));
    }

    private static ObjectNode common(String id, String role, String principal) {
        return JSON.objectNode()
                .put("id", id)
                .put("principalId", principal)
                .put("roleDefinitionId", role)
                .put("directoryScopeId", "/")
                .putNull("appScopeId");
    }

    /** Says of a service principal where its application is used. */
    static void markApplication(ObjectNode principal, int number) {
        var marketing = principal.putObject("customSecurityAttributes").putObject("Marketing");
        marketing.put("@odata.type", "#microsoft.graph.customSecurityAttributeValue");
        marketing.put("AppCountry", COUNTRIES.get(number % COUNTRIES.size()));
    }

    private static void emitAttributes(SeedSink sink) {
        set(sink, "Engineering", "Attributes of the engineering teams");
        set(sink, "Marketing", "Attributes of marketing");
        definition(sink, "Engineering", "Project", "String", true, true, List.of("Alpine", "Baker", "Cascade"));
        definition(sink, "Engineering", "CostCenter", "Integer", false, false, List.of());
        definition(sink, "Engineering", "Certification", "Boolean", false, false, List.of());
        definition(sink, "Marketing", "AppCountry", "String", false, true, COUNTRIES);
    }

    private static void set(SeedSink sink, String name, String description) {
        sink.object(
                "attributeSets",
                JSON.objectNode()
                        .put("id", name)
                        .put("description", description)
                        .put("maxAttributesPerSet", 25));
    }

    private static void definition(
            SeedSink sink, String set, String name, String type, boolean many, boolean fixed, List<String> values) {
        var id = set + "_" + name;
        sink.object(
                "customSecurityAttributeDefinitions",
                JSON.objectNode()
                        .put("id", id)
                        .put("attributeSet", set)
                        .put("description", name + " of " + set)
                        .put("isCollection", many)
                        .put("isSearchable", true)
                        .put("name", name)
                        .put("status", "Available")
                        .put("type", type)
                        .put("usePreDefinedValuesOnly", fixed));
        for (var value : values) {
            var key = id + "/" + value;
            sink.object(
                    "attributeAllowedValues", JSON.objectNode().put("id", key).put("isActive", true));
            sink.link("customSecurityAttributeDefinitions", id, "allowedValues", key);
        }
    }

    private ObjectNode groupSetting() {
        var setting = JSON.objectNode()
                .put("id", ids.id("group setting", 0))
                .put("displayName", "Group.Unified")
                .put("templateId", "62375ab9-6b52-47ed-826b-58e47e0e304b");
        var values = setting.putArray("values");
        value(values, "EnableGroupCreation", "false");
        value(values, "GroupCreationAllowedGroupId", ids.group(GroupLayout.ADMINISTRATORS));
        value(values, "AllowGuestsToAccessGroups", "true");
        value(values, "AllowToAddGuests", "true");
        value(values, "PrefixSuffixNamingRequirement", "GRP_[GroupName]");
        return setting;
    }

    private static void value(ArrayNode values, String name, String value) {
        values.addObject().put("name", name).put("value", value);
    }

    private void emitLicences(SeedSink sink) {
        var people = staff.users();
        sku(
                sink,
                0,
                "05e9a617-0261-4cee-bb44-138d3ef5d965",
                "SPE_E3",
                people / 2,
                List.of("EXCHANGE_S_ENTERPRISE", "AAD_PREMIUM"));
        sku(
                sink,
                1,
                "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
                "SPE_E5",
                people / 2,
                List.of("EXCHANGE_S_ENTERPRISE", "AAD_PREMIUM", "AAD_PREMIUM_P2"));
        sku(sink, 2, "f30db892-07e9-47e9-837c-80727f46fd3d", "FLOW_FREE", people / 10, List.of("FLOW_P2_VIRAL"));
    }

    private void sku(SeedSink sink, int number, String skuId, String name, int consumed, List<String> plans) {
        var sku = JSON.objectNode()
                .put("id", ids.id("tenant", 0) + "_" + skuId)
                .put("accountId", ids.id("account", 0))
                .put("accountName", "Contoso")
                .put("appliesTo", "User")
                .put("capabilityStatus", "Enabled")
                .put("consumedUnits", consumed)
                .put("skuId", skuId)
                .put("skuPartNumber", name);
        sku.putObject("prepaidUnits")
                .put("enabled", staff.users() * 2)
                .put("lockedOut", 0)
                .put("suspended", 0)
                .put("warning", 0);
        sku.putArray("subscriptionIds").add(ids.id("subscription", number));
        var servicePlans = sku.putArray("servicePlans");
        for (var plan : plans) {
            servicePlans
                    .addObject()
                    .put("servicePlanId", ids.id("plan " + plan, 0))
                    .put("servicePlanName", plan)
                    .put("provisioningStatus", "Success")
                    .put("appliesTo", "User");
        }
        sink.object("subscribedSkus", sku);
    }
}
