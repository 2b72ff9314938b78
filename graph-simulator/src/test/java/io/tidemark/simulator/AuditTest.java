package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTest {

    private Box box;

    @BeforeEach
    void open() {
        box = Box.open();
    }

    @AfterEach
    void close() {
        box.close();
    }

    private JsonNode newest(String activity) {
        return box.graph
                .get("/auditLogs/directoryAudits?$filter=activityDisplayName eq '" + activity + "'")
                .body()
                .at("/value/0");
    }

    private static JsonNode property(JsonNode target, String name) {
        for (JsonNode property : target.path("modifiedProperties")) {
            if (property.path("displayName").asText().equals(name)) {
                return property;
            }
        }
        throw new AssertionError("no property " + name + " in " + target);
    }

    @Test
    void anUpdateTellsOldAndNewValuesAsListsInText() throws IOException {
        String user = box.user("told");
        box.graph.patch("/users/" + user, "{'department':'Sales'}");
        box.graph.patch(
                "/users/" + user, "{'department':null,'onPremisesExtensionAttributes':{'extensionAttribute3':'x'}}");

        JsonNode entry = newest("Update user");
        JsonNode target = entry.at("/targetResources/0");

        assertThat(entry.path("category").asText()).isEqualTo("UserManagement");
        assertThat(entry.at("/initiatedBy/app/appId").asText()).isEqualTo(Box.ADMIN);
        assertThat(entry.at("/initiatedBy/user").isNull()).isTrue();
        assertThat(target.path("userPrincipalName").asText()).isEqualTo("told@example.com");
        assertThat(property(target, "Department").path("oldValue").asText()).isEqualTo("[\"Sales\"]");
        assertThat(property(target, "Department").path("newValue").asText()).isEqualTo("[]");
        assertThat(property(target, "ExtensionAttribute3").path("newValue").asText())
                .isEqualTo("[\"x\"]");
        JsonNode included = new ObjectMapper()
                .readTree(property(target, "Included Updated Properties")
                        .path("newValue")
                        .asText());
        assertThat(included.asText()).isEqualTo("Department, ExtensionAttribute3");
    }

    @Test
    void aMembershipIsToldOnTheMember() {
        String user = box.user("joiner");
        String group = box.group("club");
        box.graph.post("/groups/" + group + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}");
        box.graph.delete("/groups/" + group + "/members/" + user + "/$ref");

        JsonNode added = newest("Add member to group");
        JsonNode removed = newest("Remove member from group");

        assertThat(added.at("/targetResources/0/id").asText()).isEqualTo(user);
        assertThat(property(added.at("/targetResources/0"), "Group.ObjectID")
                        .path("newValue")
                        .asText())
                .isEqualTo("\"" + group + "\"");
        assertThat(added.at("/targetResources/1/type").asText()).isEqualTo("Group");
        assertThat(property(removed.at("/targetResources/0"), "Group.DisplayName")
                        .path("oldValue")
                        .asText())
                .isEqualTo("\"club\"");
        assertThat(property(removed.at("/targetResources/0"), "Group.DisplayName")
                        .path("newValue")
                        .isNull())
                .isTrue();
    }

    @Test
    void aPolicyIsToldWholeAndEchoedByTheDirectory() throws IOException {
        String id = box.graph
                .post(
                        "/identity/conditionalAccess/policies",
                        "{'displayName':'p','state':'disabled','conditions':{'users':{'includeUsers':['All']},"
                                + "'applications':{'includeApplications':['All']}},"
                                + "'grantControls':{'operator':'OR','builtInControls':['mfa']}}")
                .body()
                .path("id")
                .asText();
        box.graph.patch(
                "/identity/conditionalAccess/policies/" + id,
                "{'grantControls':{'operator':'OR','builtInControls':['compliantDevice']}}");

        JsonNode entry = newest("Update conditional access policy");
        JsonNode echo = newest("Update policy");
        JsonNode change = entry.at("/targetResources/0/modifiedProperties/0");

        assertThat(entry.path("loggedByService").asText()).isEqualTo("Conditional Access");
        assertThat(new ObjectMapper()
                        .readTree(change.path("oldValue").asText())
                        .at("/grantControls/builtInControls/0")
                        .asText())
                .isEqualTo("mfa");
        assertThat(new ObjectMapper()
                        .readTree(change.path("newValue").asText())
                        .at("/grantControls/builtInControls/0")
                        .asText())
                .isEqualTo("compliantDevice");
        assertThat(echo.path("correlationId")).isEqualTo(entry.path("correlationId"));
        assertThat(echo.path("loggedByService").asText()).isEqualTo("Core Directory");
    }

    @Test
    void everyEntryHasItsOwnIdAndWhatIsNotLoggedIsMissing() {
        String user = box.user("quiet");
        box.graph.patch("/users/" + user, "{'accountEnabled':false}");
        box.graph.patch("/users/" + user, "{'usageLocation':'DE'}");
        box.graph.delete("/users/" + user);

        JsonNode value = box.graph.get("/auditLogs/directoryAudits").body().path("value");
        Set<String> ids = new HashSet<>(value.findValuesAsText("correlationId"));

        assertThat(value.findValuesAsText("activityDisplayName"))
                .containsExactlyInAnyOrder("Add user", "Disable account", "Update user", "Delete user");
        assertThat(value.path(0).path("activityDisplayName").asText()).isEqualTo("Delete user");
        assertThat(ids).hasSize(3);
        assertThat(value.toString()).doesNotContain("Xw4!longEnough").doesNotContain("UsageLocation");
    }

    @Test
    void entriesAreFoundByTimeActorAndTarget() {
        String user = box.user("found");
        String since =
                box.simulator.clock().instant().minus(Duration.ofMinutes(1)).toString();
        String url = "/auditLogs/directoryAudits?$filter=";

        assertThat(box.graph.get(url + "activityDateTime ge " + since).body().path("value"))
                .hasSize(1);
        assertThat(box.graph.get(url + "activityDateTime le " + since).body().path("value"))
                .isEmpty();
        assertThat(box.graph
                        .get(url + "initiatedBy/app/appId eq '" + Box.ADMIN + "'")
                        .body()
                        .path("value"))
                .hasSize(1);
        assertThat(box.graph
                        .get(url + "targetResources/any(t:t/id eq '" + user + "')")
                        .body()
                        .path("value"))
                .hasSize(1);
    }

    @Test
    void entriesAreForgottenAfterThirtyDays() {
        box.user("old");
        box.graph.get("/auditLogs/directoryAudits");

        box.simulator.clock().advance(Duration.ofDays(31));
        GraphClient later = box.as(Box.ADMIN, Box.ADMIN_SECRET);

        assertThat(later.get("/auditLogs/directoryAudits").body().path("value")).isEmpty();
    }
}
