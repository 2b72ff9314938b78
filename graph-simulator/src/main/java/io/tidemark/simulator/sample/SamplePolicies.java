package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.List;

/** The policies that a tenant has exactly one of, and its administrative units. */
final class SamplePolicies {

    private static final int SMALLEST_DIVIDED = 50;
    private static final List<String> REGIONS = List.of("Europe", "Americas", "Asia Pacific", "Executive Office");

    private final SampleIds ids;
    private final Staff staff;

    SamplePolicies(SampleIds ids, Staff staff) {
        this.ids = ids;
        this.staff = staff;
    }

    void emit(SeedSink sink) {
        sink.object("securityDefaults", securityDefaults());
        sink.object("authorizationPolicy", authorizationPolicy());
        if (staff.users() < SMALLEST_DIVIDED) {
            return;
        }
        for (var number = 0; number < REGIONS.size(); number++) {
            var id = ids.id("administrative unit", number);
            sink.object("administrativeUnits", administrativeUnit(id, REGIONS.get(number)));
            for (var rank = 0; rank < 5 + 5 * number; rank++) {
                var member = staff.memberOf(Departments.COUNT - 1 - number, rank);
                if (staff.isMember(member)) {
                    sink.link("administrativeUnits", id, "members", ids.user(member));
                }
            }
        }
    }

    private static ObjectNode administrativeUnit(String id, String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .putNull("deletedDateTime")
                .put("displayName", name)
                .put("description", "People of " + name)
                .put("isMemberManagementRestricted", false)
                .putNull("membershipRule")
                .putNull("membershipRuleProcessingState")
                .putNull("membershipType")
                .putNull("visibility");
    }

    private static ObjectNode securityDefaults() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "00000000-0000-0000-0000-000000000005")
                .putNull("deletedDateTime")
                .put("displayName", "Security Defaults")
                .put("description", "Basic protection for tenants without policies of their own.")
                .put("isEnabled", false);
    }

    private static ObjectNode authorizationPolicy() {
        var policy = JsonNodeFactory.instance
                .objectNode()
                .put("id", "authorizationPolicy")
                .putNull("deletedDateTime")
                .put("displayName", "Authorization Policy")
                .put("description", "Used to manage authorization related settings across the company.")
                .put("allowInvitesFrom", "adminsAndGuestInviters")
                .put("allowedToSignUpEmailBasedSubscriptions", true)
                .put("allowedToUseSSPR", true)
                .put("allowEmailVerifiedUsersToJoinOrganization", false)
                .putNull("allowUserConsentForRiskyApps")
                .put("blockMsolPowerShell", true)
                .put("guestUserRoleId", "2af84b1e-32c8-42b7-82bc-daa82404023b");
        policy.putObject("defaultUserRolePermissions")
                .put("allowedToCreateApps", false)
                .put("allowedToCreateSecurityGroups", false)
                .put("allowedToCreateTenants", false)
                .put("allowedToReadBitlockerKeysForOwnedDevice", true)
                .put("allowedToReadOtherUsers", true)
                .putArray("permissionGrantPoliciesAssigned")
                .add("ManagePermissionGrantsForSelf.microsoft-user-default-low");
        return policy;
    }
}
