package io.tidemark.snapshot.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonText;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.snapshot.capture.MeddledGraph.Mischief;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links and parts that no delta query tells are read again where they hang, and nothing else is. */
class LinkChangesIT {

    private final FaultyTenant tenant = new FaultyTenant();
    private int before;

    @BeforeEach
    void captureOnce() {
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        before = tenant.memory.history.received.size();
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    /** A user who went, and whose going was captured, comes back. */
    private void comeBack(String user) {
        String gone = tenant.change("DELETE", "users/" + user, "");
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        String back = tenant.change("POST", "directory/deletedItems/" + user + "/restore", "");
        assertThat(gone + back).isNotNull();
    }

    /** Somebody who is a member somewhere and holds no role, for who holds one cannot be deleted by everybody. */
    private String ordinaryMember() {
        String roles = tenant.memory.history.newest.values().stream()
                .filter(state -> state.objectType().equals(ObjectKind.ROLE_ASSIGNMENT.word()) && state.body() != null)
                .map(state -> JsonText.text(state.body()))
                .collect(Collectors.joining());
        return tenant.ids("users").stream()
                .filter(user -> !roles.contains(user) && !membershipsOf(user).isEmpty())
                .filter(user -> membershipsOf(user).stream()
                        .map(key -> key.substring(key.indexOf('|') + 1, key.indexOf('~')))
                        .noneMatch(roles::contains))
                .findFirst()
                .orElseThrow();
    }

    private Set<String> membershipsOf(String user) {
        return FaultyTenant.present(tenant.memory.history).keySet().stream()
                .filter(key -> key.contains(".members|") && key.endsWith("~" + user))
                .collect(Collectors.toSet());
    }

    @Test
    void aMemberOfAnAdministrativeUnit() {
        String unit = tenant.ids("directory/administrativeUnits").get(9);
        refer(
                "directory/administrativeUnits/" + unit + "/members",
                tenant.ids("users").get(9));

        read(ObjectKind.ADMINISTRATIVE_UNIT, unit);

        assertThat(news()).containsExactly("administrativeUnit.members");
    }

    @Test
    void aSponsorOfAUser() {
        List<String> users = tenant.ids("users");
        refer("users/" + users.get(25) + "/sponsors", users.get(1));

        read(ObjectKind.USER, users.get(25));

        assertThat(news()).contains("user.sponsors").doesNotContain("user", "user.manager");
    }

    @Test
    void aSponsorThatWentBetweenTwoReadingsOfOneListIsGone() {
        List<String> users = tenant.ids("users");
        String user = users.get(0);
        Link sponsor = Link.of(LinkKind.USER_SPONSORS, user, users.get(6));
        assertThat(tenant.memory.history.newest).containsKey(sponsor.key());
        tenant.meddler.before("expand=sponsors.*skiptoken", () -> {
            String unused = tenant.administer("DELETE", "users/" + user + "/sponsors/" + users.get(6) + "/$ref", "");
            tenant.simulator.faults().add(FaultRule.next(Fault.EXPIRED_PAGE, 1, "GET", "expand=sponsors.*skiptoken"));
        });

        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);

        assertThat(tenant.simulator.faults().counts()).containsEntry(Fault.EXPIRED_PAGE, 1);
        assertThat(tenant.memory.history.newest.get(sponsor.key()).deleted()).isNotNull();
        assertThat(news()).containsExactly("user.sponsors");
    }

    @Test
    void aRestoredUserWhoseMembershipsAreNoListIsNamedAndReadWholeNextTime() {
        String user = ordinaryMember();
        Set<String> memberships = membershipsOf(user);
        assertThat(memberships).isNotEmpty();
        comeBack(user);
        tenant.meddler.meddle(Mischief.NO_LIST, "users/" + user + "/memberOf", Integer.MAX_VALUE);

        CaptureResult disturbed = tenant.capture(CaptureMode.INCREMENTAL);

        tenant.meddler.stop();
        assertThat(disturbed.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(disturbed.report().reason()).contains("BAD_ANSWER");
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(membershipsOf(user)).isEqualTo(memberships);
    }

    @Test
    void aRestoredUserWhoGoesBetweenTwoPagesOfMembershipsIsNamed() {
        String user = ordinaryMember();
        tenant.ids("directory/administrativeUnits").stream()
                .filter(unit -> membershipsOf(user).stream().noneMatch(key -> key.contains("|" + unit + "~")))
                .forEach(unit -> refer("directory/administrativeUnits/" + unit + "/members", user));
        comeBack(user);
        tenant.meddler.before("users/" + user + "/memberOf.*skiptoken", () -> {
            String unused = tenant.change("DELETE", "users/" + user, "");
        });

        CaptureResult disturbed = tenant.capture(CaptureMode.INCREMENTAL);

        assertThat(disturbed.stage()).isEqualTo(Stage.INCOMPLETE);
        assertThat(disturbed.report().reason()).contains("BAD_ANSWER");
        assertThat(tenant.capture(CaptureMode.INCREMENTAL).stage()).isEqualTo(Stage.COMPLETED);
        assertThat(membershipsOf(user)).isEmpty();
    }

    @Test
    void anAppRoleAtItsResource() {
        String resource = tenant.ids("servicePrincipals").get(0);
        String unused = tenant.change(
                "POST",
                "servicePrincipals/" + resource + "/appRoleAssignedTo",
                "{\"principalId\":\"" + tenant.ids("users").get(2) + "\",\"resourceId\":\"" + resource
                        + "\",\"appRoleId\":\"00000000-0000-0000-0000-000000000000\"}");

        read(ObjectKind.SERVICE_PRINCIPAL, resource);

        assertThat(news()).containsExactly("appRoleAssignment");
    }

    @Test
    void aFederatedCredentialOfAnApplication() {
        String application = tenant.ids("applications").get(2);
        String unused = tenant.change(
                "POST",
                "applications/" + application + "/federatedIdentityCredentials",
                "{\"name\":\"cd\",\"issuer\":\"https://cd.example\",\"subject\":\"main\",\"audiences\":[\"api://AzureADTokenExchange\"]}");

        read(ObjectKind.APPLICATION, application);

        assertThat(news()).containsExactly("federatedIdentityCredential");
    }

    @Test
    void whatAPolicyAppliesToAmongAllKindsThatThePolicyMayBeOf() {
        String policy = tenant.claimsPolicy();
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        before = tenant.memory.history.received.size();
        tenant.applyClaims(policy);

        CaptureResult result = tenant.capture(
                CaptureMode.TARGETED,
                ObjectRef.of(ObjectKind.CLAIMS_MAPPING_POLICY, policy),
                ObjectRef.of(ObjectKind.TOKEN_LIFETIME_POLICY, policy),
                ObjectRef.of(ObjectKind.APP_MANAGEMENT_POLICY, policy));

        assertThat(result.stage()).isEqualTo(Stage.COMPLETED);
        assertThat(news()).containsExactly("claimsMappingPolicy.appliesTo");
    }

    @Test
    void noLinkOfAUserGoesWithWhatWasAPartOfTheUser() {
        List<String> users = tenant.ids("users");
        String user = users.get(25);
        String unused = tenant.administer(
                "PUT",
                "users/" + user + "/manager/$ref",
                "{\"@odata.id\":\"" + tenant.direct() + "/users/" + users.get(1) + "\"}");
        unused = tenant.administer(
                "POST",
                "users/" + user + "/extensions",
                "{\"@odata.type\":\"microsoft.graph.openTypeExtension\",\"extensionName\":\"com.example.badge\",\"colour\":\"red\"}");
        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);
        before = tenant.memory.history.received.size();
        unused = tenant.administer("DELETE", "users/" + user + "/extensions/com.example.badge", "");

        assertThat(tenant.capture(CaptureMode.FULL).stage()).isEqualTo(Stage.COMPLETED);

        assertThat(news()).containsExactly("userExtensions");
    }

    private void refer(String relation, String target) {
        String unused = tenant.administer(
                "POST",
                relation + "/$ref",
                "{\"@odata.id\":\"" + tenant.direct() + "/directoryObjects/" + target + "\"}");
    }

    private void read(ObjectKind kind, String id) {
        assertThat(tenant.capture(CaptureMode.TARGETED, ObjectRef.of(kind, id)).stage())
                .isEqualTo(Stage.COMPLETED);
    }

    /** The types of what was told since, without what a targeted capture reads of a user for the first time. */
    private List<String> news() {
        List<ObjectState> received = tenant.memory.history.received;
        return received.subList(before, received.size()).stream()
                .map(ObjectState::objectType)
                .filter(type -> !type.equals(ObjectKind.AUTHENTICATION_METHOD.word()))
                .distinct()
                .toList();
    }
}
