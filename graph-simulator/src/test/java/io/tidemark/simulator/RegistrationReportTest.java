package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registration report tells of every user what the user's methods and roles amount to. */
class RegistrationReportTest {

    private static final String REPORT = "/reports/authenticationMethods/userRegistrationDetails";
    private static final String GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";
    private static final String GUEST = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final String TOLD = "aaaaaaaa-0000-4000-8000-000000000002";
    private static final String STRANGER = "aaaaaaaa-0000-4000-8000-000000000003";
    private static final String APP = "aaaaaaaa-0000-4000-8000-000000000009";

    private Box box;

    @BeforeEach
    void open() {
        box = Box.open(b -> b, sink -> {
            sink.object(
                    "users",
                    Json.object()
                            .put("id", GUEST)
                            .put("displayName", "guest")
                            .put("userType", "Guest")
                            .put("userPrincipalName", "guest@example.com"));
            sink.object(
                    "users",
                    Json.object()
                            .put("id", TOLD)
                            .put("displayName", "told")
                            .put("userPrincipalName", "told@example.com"));
            sink.object("microsoftAuthenticatorMethods", Json.object().put("id", GUEST + "/" + APP));
            sink.link("users", GUEST, "authentication/methods", GUEST + "/" + APP);
            for (String id : List.of(TOLD, STRANGER)) {
                sink.object(
                        "userRegistrationDetails",
                        Json.object()
                                .put("id", id)
                                .put("userPrincipalName", "as.exported@example.com")
                                .put("isMfaCapable", true));
            }
        });
    }

    @AfterEach
    void close() {
        box.close();
    }

    private JsonNode details(String user) {
        return box.graph.get(REPORT + "/" + user).body();
    }

    private static List<String> methods(JsonNode details) {
        List<String> names = new ArrayList<>();
        details.path("methodsRegistered").forEach(name -> names.add(name.asText()));
        return names;
    }

    @Test
    void whatIsRegisteredFollowsFromTheMethods() {
        String user = box.user("caller");
        JsonNode before = details(user);
        box.graph.post(
                "/users/" + user + "/authentication/phoneMethods",
                "{'phoneType':'mobile','phoneNumber':'+49 1511234567'}");
        JsonNode phone = details(user);
        box.graph.post("/users/" + user + "/authentication/emailMethods", "{'emailAddress':'me@mail.example'}");
        JsonNode both = details(user);

        assertThat(methods(before)).isEmpty();
        assertThat(before.path("isMfaRegistered").asBoolean()).isFalse();
        assertThat(before.path("userPrincipalName").asText()).isEqualTo("caller@example.com");
        assertThat(before.path("userPreferredMethodForSecondaryAuthentication").asText())
                .isEqualTo("none");
        assertThat(methods(phone)).containsExactly("mobilePhone");
        assertThat(phone.path("isMfaCapable").asBoolean()).isTrue();
        assertThat(phone.path("isSsprRegistered").asBoolean()).isFalse();
        assertThat(phone.path("systemPreferredAuthenticationMethods").path(0).asText())
                .isEqualTo("sms");
        assertThat(methods(both)).containsExactly("mobilePhone", "email");
        assertThat(both.path("isSsprCapable").asBoolean()).isTrue();
        assertThat(both.path("isPasswordlessCapable").asBoolean()).isFalse();
    }

    @Test
    void aMethodThatThePolicyForbidsIsRegisteredButOfNoUse() {
        String policy = "/policies/authenticationMethodsPolicy";
        assertThat(details(GUEST).path("isMfaCapable").asBoolean()).isTrue();
        GraphClient graph = box.holding(Permissions.all().toArray(String[]::new));
        graph.patch(policy, "{'policyMigrationState':'migrationComplete'}");
        graph.patch(
                policy + "/authenticationMethodConfigurations/MicrosoftAuthenticator",
                "{'@odata.type':'#microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration','state':'disabled'}");

        JsonNode details = details(GUEST);

        assertThat(details.path("isMfaRegistered").asBoolean()).isTrue();
        assertThat(details.path("isMfaCapable").asBoolean()).isFalse();
        assertThat(methods(details)).containsExactly("microsoftAuthenticatorPush", "softwareOneTimePasscode");
        assertThat(details.path("userType").asText()).isEqualTo("guest");
        assertThat(details.path("isSsprEnabled").asBoolean()).isFalse();
    }

    @Test
    void disabledAndDeletedUsersAreNotReported() {
        String disabled = box.user("disabled");
        String deleted = box.user("deleted");
        box.graph.patch("/users/" + disabled, "{'accountEnabled':false}");
        box.graph.delete("/users/" + deleted);

        assertThat(box.graph.get(REPORT + "/" + disabled).status()).isEqualTo(404);
        assertThat(box.graph.get(REPORT + "/" + deleted).status()).isEqualTo(404);
        assertThat(box.graph.get(REPORT).body().path("value").findValuesAsText("id"))
                .contains(GUEST)
                .doesNotContain(disabled, deleted);
    }

    @Test
    void whoHoldsARoleIsAnAdministratorAndCountedAsSuch() {
        String user = box.user("admin");
        box.graph.post(
                "/roleManagement/directory/roleAssignments",
                "{'principalId':'" + user + "','roleDefinitionId':'" + GLOBAL_ADMINISTRATOR
                        + "','directoryScopeId':'/'}");

        assertThat(details(user).path("isAdmin").asBoolean()).isTrue();
        assertThat(summary("all", "privilegedAdmin")).isEqualTo(1);
        assertThat(summary("guest", "all")).isEqualTo(1);
        assertThat(summary("guest", "admin")).isZero();
    }

    private int summary(String types, String roles) {
        return box.graph
                .get("/reports/authenticationMethods/usersRegisteredByFeature(includedUserTypes='" + types
                        + "',includedUserRoles='" + roles + "')")
                .body()
                .path("totalUserCount")
                .asInt();
    }

    @Test
    void theReportIsFilteredOrderedAndPaged() {
        box.simulator.tenant().switches(box.simulator.tenant().switches().with("registrationPage", "2"));
        box.user("zoe");
        box.user("adam");
        List<String> names = new ArrayList<>();
        Answer page = box.graph.get(REPORT + "?$orderby=userDisplayName desc&$select=userDisplayName");
        while (true) {
            assertThat(page.body().path("value")).hasSizeLessThanOrEqualTo(2);
            names.addAll(page.body().path("value").findValuesAsText("userDisplayName"));
            String next = page.body().path("@odata.nextLink").asText();
            if (next.isEmpty()) {
                break;
            }
            page = box.graph.get(next.substring(next.indexOf("/reports")));
        }

        assertThat(names).containsSubsequence("zoe", "guest", "adam");
        assertThat(box.graph
                        .get(REPORT + "?$filter=isMfaRegistered eq true and userType eq 'guest'")
                        .body()
                        .path("value")
                        .findValuesAsText("id"))
                .containsExactly(GUEST);
        assertThat(box.graph
                        .get(REPORT + "?$filter=methodsRegistered/any(m:m eq 'microsoftAuthenticatorPush')")
                        .body()
                        .path("value")
                        .findValuesAsText("id"))
                .containsExactly(GUEST);
    }

    @Test
    void whatAnExportToldOfTheReportStays() {
        JsonNode told = details(TOLD);

        assertThat(told.path("userPrincipalName").asText()).isEqualTo("as.exported@example.com");
        assertThat(told.path("isMfaCapable").asBoolean()).isTrue();
        assertThat(box.graph.get(REPORT).body().path("value").findValuesAsText("id"))
                .contains(TOLD, STRANGER, GUEST)
                .doesNotHaveDuplicates();
    }

    @Test
    void whoMayReadUsersMayNotReadTheReport() {
        assertThat(box.holding("User.Read.All").get(REPORT).status()).isEqualTo(403);
        assertThat(box.holding("AuditLog.Read.All").get(REPORT).status()).isEqualTo(200);
    }
}
