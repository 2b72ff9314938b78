package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecycleBinTest {

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    @Test
    void aDeletedGroupComesBackWithItsIdAndItsMembers() {
        String group = box.group("phoenix");
        String user = box.user("feather");
        box.graph.post("/groups/" + group + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}");

        assertThat(box.graph.delete("/groups/" + group).status()).isEqualTo(204);
        assertThat(box.graph.get("/groups/" + group).status()).isEqualTo(404);
        assertThat(box.graph.get("/users/" + user + "/memberOf").body().path("value"))
                .isEmpty();
        Answer binned = box.graph.get("/directory/deletedItems/" + group);
        assertThat(binned.body().path("deletedDateTime").asText()).isNotEmpty();
        assertThat(binned.body().path("@odata.type").asText()).isEqualTo("#microsoft.graph.group");
        Answer restored = box.graph.call("POST", "/directory/deletedItems/" + group + "/restore", null);

        assertThat(restored.status()).isEqualTo(200);
        assertThat(restored.body().path("id").asText()).isEqualTo(group);
        assertThat(box.graph
                        .get("/groups/" + group + "/members")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(user);
        assertThat(box.graph.get("/directory/deletedItems/" + group).status()).isEqualTo(404);
    }

    @Test
    void aDeletedUserKeepsItsMembershipsAndGivesItsNameFree() {
        String user = box.user("nomad");
        String group = box.group("camp");
        box.graph.post("/groups/" + group + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}");
        box.graph.delete("/users/" + user);

        String listed = box.graph
                .get("/directory/deletedItems/microsoft.graph.user?$filter=id eq '" + user + "'")
                .body()
                .at("/value/0/userPrincipalName")
                .asText();
        assertThat(listed).isEqualTo(user.replace("-", "") + "nomad@example.com");
        String second = box.user("nomad");
        assertThat(second).isNotEmpty();
        Answer conflict = box.graph.call("POST", "/directory/deletedItems/" + user + "/restore", null);
        assertThat(conflict.status()).isEqualTo(400);
        assertThat(conflict.body().at("/error/details/0/code").asText()).isEqualTo("ObjectConflict");

        Answer renamed = box.graph.post(
                "/directory/deletedItems/" + user + "/restore", "{'newUserPrincipalName':'nomad2@example.com'}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.body().path("userPrincipalName").asText()).isEqualTo("nomad2@example.com");
        assertThat(box.graph.get("/users/" + user + "/memberOf").body().path("value"))
                .hasSize(1);
    }

    @Test
    void deletingAnApplicationTakesItsServicePrincipalAndRestoringItDoesNotBringItBack() {
        Answer app = box.graph.post("/applications", "{'displayName':'pair'}");
        String id = app.body().path("id").asText();
        String appId = app.body().path("appId").asText();
        String principal = box.graph
                .post("/servicePrincipals", "{'appId':'" + appId + "'}")
                .body()
                .path("id")
                .asText();

        box.graph.delete("/applications/" + id);
        assertThat(box.graph.get("/servicePrincipals/" + principal).status()).isEqualTo(404);
        assertThat(box.graph
                        .call("POST", "/directory/deletedItems/" + principal + "/restore", null)
                        .status())
                .isEqualTo(400);
        box.graph.call("POST", "/directory/deletedItems/" + id + "/restore", null);

        assertThat(box.graph
                        .get("/applications(appId='" + appId + "')")
                        .body()
                        .path("id")
                        .asText())
                .isEqualTo(id);
        assertThat(box.graph.get("/servicePrincipals/" + principal).status()).isEqualTo(404);
        assertThat(box.graph
                        .call("POST", "/directory/deletedItems/" + principal + "/restore", null)
                        .status())
                .isEqualTo(200);
        assertThat(box.graph
                        .get("/servicePrincipals(appId='" + appId + "')")
                        .body()
                        .path("id")
                        .asText())
                .isEqualTo(principal);
    }

    @Test
    void identifierUrisStayTakenWhileTheirApplicationIsInTheBin() {
        String first = box.graph
                .post("/applications", "{'displayName':'one','identifierUris':['https://example.com/one']}")
                .body()
                .path("id")
                .asText();
        box.graph.delete("/applications/" + first);
        String again = "{'displayName':'two','identifierUris':['https://example.com/one']}";

        Answer held = box.graph.post("/applications", again);
        box.graph.delete("/directory/deletedItems/" + first);
        Answer free = box.graph.post("/applications", again);

        assertThat(held.status()).isEqualTo(400);
        assertThat(held.body().at("/error/details/0/target").asText()).isEqualTo("identifierUris");
        assertThat(free.status()).isEqualTo(201);
    }

    @Test
    void onlyAUserPurgesUsersAndGroups() {
        String user = box.user("doomed");
        String admin = box.user("operator");
        box.graph.delete("/users/" + user);

        assertThat(box.graph.delete("/directory/deletedItems/" + user).status()).isEqualTo(403);
        String token = GraphClient.form(
                        box.simulator,
                        Map.of(
                                "grant_type", "password",
                                "client_id", Box.ADMIN,
                                "client_secret", Box.ADMIN_SECRET,
                                "username", "operator@example.com",
                                "password", "any",
                                "scope", "https://graph.microsoft.com/.default"))
                .body()
                .path("access_token")
                .asText();
        GraphClient signedIn = new GraphClient(box.simulator.graphUrl(), token);

        assertThat(admin).isNotEmpty();
        assertThat(signedIn.delete("/directory/deletedItems/" + user).status()).isEqualTo(204);
        assertThat(box.graph.get("/directory/deletedItems/" + user).status()).isEqualTo(404);
    }

    @Test
    void aPurgedApplicationIsGone() {
        String id = box.graph
                .post("/applications", "{'displayName':'brief'}")
                .body()
                .path("id")
                .asText();
        box.graph.delete("/applications/" + id);

        assertThat(box.graph.delete("/directory/deletedItems/" + id).status()).isEqualTo(204);
        assertThat(box.graph
                        .call("POST", "/directory/deletedItems/" + id + "/restore", null)
                        .status())
                .isEqualTo(404);
    }
}
