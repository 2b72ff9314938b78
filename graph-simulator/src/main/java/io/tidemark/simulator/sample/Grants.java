package io.tidemark.simulator.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells who owns which application, who may use it in which role, and what each was consented to. */
final class Grants {

    private final long seed;
    private final SampleIds ids;
    private final TenantShape shape;
    private final Staff staff;
    private final SampleApplications applications;
    private final SampleUsers users;
    private final SampleGroups groups;
    private final List<SampleClient> clients;
    private final FirstParty firstParty;

    /** Somebody or something that can be assigned. */
    private record Principal(String id, String type, String name) {}

    Grants(
            long seed,
            SampleIds ids,
            TenantShape shape,
            Staff staff,
            SampleApplications applications,
            SampleUsers users,
            SampleGroups groups,
            List<SampleClient> clients,
            FirstParty firstParty) {
        this.seed = seed;
        this.ids = ids;
        this.shape = shape;
        this.staff = staff;
        this.applications = applications;
        this.users = users;
        this.groups = groups;
        this.clients = clients;
        this.firstParty = firstParty;
    }

    void emit(SeedSink sink) {
        for (var number = 0; number < shape.applications(); number++) {
            owners(number, sink);
            if (SampleApplications.isClient(number)) {
                permissions(number, sink);
            } else {
                consent(number, sink);
            }
            if (SampleApplications.isInterface(number)) {
                assigned(number, sink);
            }
        }
    }

    private void owners(int number, SeedSink sink) {
        var dice = new Dice(seed, "application owners", number);
        var first = staff.memberOf(Departments.IT, dice.below(40));
        if (number == SampleApplications.SALES_PORTAL || dice.percent(80)) {
            sink.link("applications", ids.application(number), "owners", ids.user(first));
            sink.link("servicePrincipals", ids.servicePrincipal(number), "owners", ids.user(first));
        }
        var second = staff.anyMember(dice);
        if (second != first && dice.percent(40)) {
            sink.link("applications", ids.application(number), "owners", ids.user(second));
        }
    }

    private void permissions(int number, SeedSink sink) {
        var client = clients.get(number);
        var principal = new Principal(client.servicePrincipalId(), "ServicePrincipal", client.name());
        client.permissions().stream()
                .sorted()
                .forEach(permission -> sink.object(
                        "appRoleAssignments",
                        assignment(
                                principal,
                                firstParty.roleId(permission),
                                firstParty.graphServicePrincipal(),
                                "Microsoft Graph")));
    }

    private void assigned(int number, SeedSink sink) {
        var dice = new Dice(seed, "assigned", number);
        List<Principal> principals = new ArrayList<>();
        if (number == SampleApplications.SALES_PORTAL) {
            var desk = GroupLayout.FRAUD_DESK;
            principals.add(new Principal(ids.group(desk), "Group", groups.name(desk)));
        }
        var count = dice.between(1, 4);
        for (var i = 0; i < count; i++) {
            var user = staff.anyMember(dice);
            principals.add(new Principal(ids.user(user), "User", users.displayName(user)));
        }
        for (var principal : principals.stream().distinct().toList()) {
            var role = ids.id("role", number * 4L + dice.below(2));
            sink.object(
                    "appRoleAssignments",
                    assignment(principal, role, ids.servicePrincipal(number), applications.name(number)));
        }
    }

    private void consent(int number, SeedSink sink) {
        var dice = new Dice(seed, "consent", number);
        if (number != SampleApplications.SALES_PORTAL && !dice.percent(60)) {
            return;
        }
        var client = ids.servicePrincipal(number);
        sink.object("oauth2PermissionGrants", grant(client, "AllPrincipals", null, "User.Read openid profile"));
        if (dice.percent(20)) {
            sink.object(
                    "oauth2PermissionGrants",
                    grant(client, "Principal", ids.user(staff.anyMember(dice)), "Mail.Read Files.Read"));
        }
    }

    private ObjectNode grant(String client, String consentType, @Nullable String principal, String scope) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", SampleIds.ofPair(client, principal == null ? firstParty.graphServicePrincipal() : principal))
                .put("clientId", client)
                .put("consentType", consentType)
                .put("principalId", principal)
                .put("resourceId", firstParty.graphServicePrincipal())
                .put("scope", scope);
    }

    private ObjectNode assignment(Principal principal, String role, String resource, String resourceName) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", SampleIds.ofPair(principal.id(), ids.id("assignment " + principal.id() + role, 0)))
                .putNull("deletedDateTime")
                .put("appRoleId", role)
                .put("createdDateTime", Moments.past(new Dice(seed, "assignment " + principal.id() + role, 1), 10, 900))
                .put("principalDisplayName", principal.name())
                .put("principalId", principal.id())
                .put("principalType", principal.type())
                .put("resourceDisplayName", resourceName)
                .put("resourceId", resource);
    }
}
