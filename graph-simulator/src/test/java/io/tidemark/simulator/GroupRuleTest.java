package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GroupRuleTest {

    private static final String SYNCED = "bbbbbbbb-0000-4000-8000-000000000001";
    private static final String MAIL = "bbbbbbbb-0000-4000-8000-000000000002";
    private static final String SYNCED_USER = "bbbbbbbb-0000-4000-8000-000000000003";

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open(b -> b, sink -> {
            sink.object("groups", group(SYNCED, "synced").put("onPremisesSyncEnabled", true));
            sink.object("groups", group(MAIL, "mail").put("mailEnabled", true));
            sink.object(
                    "users",
                    Json.object()
                            .put("id", SYNCED_USER)
                            .put("displayName", "synced")
                            .put("userPrincipalName", "synced@example.com")
                            .put("onPremisesSyncEnabled", true));
        });
    }

    private static ObjectNode group(String id, String name) {
        return Json.object()
                .put("id", id)
                .put("displayName", name)
                .put("securityEnabled", true)
                .put("mailEnabled", false);
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static String body(String name, String more) {
        return "{'displayName':'" + name + "','mailNickname':'" + name + "','mailEnabled':false,'securityEnabled':true"
                + more + "}";
    }

    @Test
    void whatAnotherDirectoryMastersCannotBeWritten() {
        String message = "Unable to update the specified properties for on-premises mastered Directory Sync objects or"
                + " objects currently undergoing migration.";
        String member = "{'@odata.id':'x/users/" + SYNCED_USER + "'}";

        assertThat(box.graph.patch("/groups/" + SYNCED, "{'description':'x'}").message())
                .isEqualTo(message);
        assertThat(box.graph.post("/groups/" + SYNCED + "/members/$ref", member).message())
                .isEqualTo(message);
        assertThat(box.graph.patch("/users/" + SYNCED_USER, "{'jobTitle':'x'}").message())
                .isEqualTo(message);
        assertThat(box.graph
                        .patch("/users/" + SYNCED_USER, "{'usageLocation':'DE'}")
                        .status())
                .isEqualTo(204);
        String cloud = box.group("cloud");
        assertThat(box.graph.post("/groups/" + cloud + "/members/$ref", member).status())
                .isEqualTo(204);
    }

    @Test
    void aMailEnabledSecurityGroupIsReadOnly() {
        assertThat(box.graph.patch("/groups/" + MAIL, "{'description':'x'}").message())
                .isEqualTo("Cannot Update a mail-enabled security groups and or distribution list.");
        assertThat(box.graph
                        .post("/groups", body("list", "").replace("'mailEnabled':false", "'mailEnabled':true"))
                        .message())
                .startsWith("Cannot Create a mail-enabled security groups");
    }

    @Test
    void aUnifiedGroupGetsAnAddressAndTakesUsersOnly() {
        Answer created = box.graph.post(
                "/groups",
                body("unified", ",'groupTypes':['Unified']").replace("'mailEnabled':false", "'mailEnabled':true"));
        String id = created.body().path("id").asText();
        String other = box.group("inner");

        assertThat(created.body().path("mail").asText()).isEqualTo("unified@example.com");
        assertThat(created.body().path("visibility").asText()).isEqualTo("Public");
        assertThat(box.graph
                        .post("/groups/" + id + "/members/$ref", "{'@odata.id':'x/groups/" + other + "'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRoleAssignableGroupNeedsTheRolePermission() {
        Answer created = box.graph.post("/groups", body("admins", ",'isAssignableToRole':true"));
        String id = created.body().path("id").asText();
        GraphClient narrow = box.holding("Group.ReadWrite.All", "GroupMember.ReadWrite.All");

        assertThat(created.status()).isEqualTo(201);
        assertThat(narrow.patch("/groups/" + id, "{'description':'x'}").status())
                .isEqualTo(403);
        assertThat(narrow.post("/groups", body("admins2", ",'isAssignableToRole':true"))
                        .status())
                .isEqualTo(403);
        assertThat(box.graph
                        .patch("/groups/" + id, "{'isAssignableToRole':false}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void moreThanTwentyLinksInOneRequestAreRefused() {
        String group = box.group("crowded");
        StringBuilder urls = new StringBuilder();
        for (int i = 0; i < 21; i++) {
            urls.append(i == 0 ? "" : ",")
                    .append("'x/directoryObjects/")
                    .append(i)
                    .append("'");
        }

        assertThat(box.graph
                        .patch("/groups/" + group, "{'members@odata.bind':[" + urls + "]}")
                        .message())
                .contains("20 link changes");
    }

    @Test
    void aGroupIsCreatedOnceByItsUniqueName() {
        String url = "/groups(uniqueName='payroll')";

        Answer first = box.graph.patch(url, body("payroll", ""), "Prefer", "create-if-missing");
        Answer second = box.graph.patch(url, "{'description':'again'}", "Prefer", "create-if-missing");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(204);
        assertThat(box.graph.get(url).body().path("description").asText()).isEqualTo("again");
        assertThat(box.graph.get(url).body().path("id").asText())
                .isEqualTo(first.body().path("id").asText());
    }

    @Test
    void thePermissionForMembersAloneBindsMembers() {
        String group = box.group("narrow");
        String user = box.user("narrow");
        GraphClient members = box.holding("GroupMember.ReadWrite.All");

        assertThat(members.patch("/groups/" + group, "{'members@odata.bind':['x/directoryObjects/" + user + "']}")
                        .status())
                .isEqualTo(204);
        assertThat(members.patch("/groups/" + group, "{'description':'x'}").status())
                .isEqualTo(403);
    }

    @Test
    void membershipIsFollowedThroughNestedGroups() {
        String outer = box.group("outer");
        String inner = box.group("nested");
        String user = box.user("deep");
        box.graph.post("/groups/" + outer + "/members/$ref", "{'@odata.id':'x/groups/" + inner + "'}");
        box.graph.post("/groups/" + inner + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}");

        assertThat(box.graph
                        .get("/groups/" + outer + "/transitiveMembers")
                        .body()
                        .path("value"))
                .hasSize(2);
        assertThat(box.graph
                        .get("/groups/" + outer + "/transitiveMembers/microsoft.graph.user")
                        .body()
                        .path("value"))
                .hasSize(1);
        assertThat(box.graph
                        .get("/users/" + user + "/transitiveMemberOf")
                        .body()
                        .path("value"))
                .hasSize(2);
        assertThat(box.graph.get("/users/" + user + "/memberOf").body().path("value"))
                .hasSize(1);
    }

    @Test
    void deletingThroughAMemberPathDeletesTheMember() {
        String group = box.group("trap");
        String user = box.user("trapped");
        box.graph.post("/groups/" + group + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}");

        assertThat(box.graph.delete("/groups/" + group + "/members/" + user).status())
                .isEqualTo(204);

        assertThat(box.graph.get("/users/" + user).status()).isEqualTo(404);
    }
}
