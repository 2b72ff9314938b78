package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.tenant.Effect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UserAndGroupTest {

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
    void withoutATokenNobodyGetsIn() {
        Answer answer = new GraphClient(box.simulator.graphUrl(), "").get("/users");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("InvalidAuthenticationToken");
        assertThat(answer.header("request-id")).isNotEmpty();
    }

    @Test
    void aForeignTokenIsRefused() {
        Answer answer =
                new GraphClient(box.simulator.graphUrl(), "eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.c2ln").get("/users");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("InvalidAuthenticationToken");
    }

    @Test
    void aCallerWithoutThePermissionIsDenied() {
        Answer answer = box.holding("Group.Read.All").get("/users");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("Authorization_RequestDenied");
    }

    @Test
    void aNewUserIsShownWithTheUsualPropertiesOnly() {
        String id = box.user("ada");

        Answer plain = box.graph.get("/users/" + id);
        Answer selected = box.graph.get("/users/" + id + "?$select=accountEnabled,department,otherMails");

        assertThat(plain.body().has("accountEnabled")).isFalse();
        assertThat(plain.body().get("jobTitle").isNull()).isTrue();
        assertThat(plain.body().get("businessPhones")).isEmpty();
        assertThat(selected.body().path("accountEnabled").asBoolean()).isTrue();
        assertThat(selected.body().get("department").isNull()).isTrue();
        assertThat(selected.body().get("otherMails").isArray()).isTrue();
        assertThat(box.graph.get("/users/ada@" + Box.DOMAIN).body().path("id").asText())
                .isEqualTo(id);
        assertThat(box.graph.get("/USERS('" + id + "')").body().path("id").asText())
                .isEqualTo(id);
    }

    @Test
    void nullClearsAndAnEmptyTextIsRefused() {
        String id = box.user("clear");
        box.graph.patch("/users/" + id, "{'department':'Sales'}");

        Answer empty = box.graph.patch("/users/" + id, "{'department':''}");
        Answer cleared = box.graph.patch("/users/" + id, "{'department':null}");

        assertThat(empty.status()).isEqualTo(400);
        assertThat(cleared.status()).isEqualTo(204);
        assertThat(box.graph
                        .get("/users/" + id + "?$select=department")
                        .body()
                        .get("department")
                        .isNull())
                .isTrue();
        assertThat(box.graph.patch("/users/" + id, "{'otherMails':null}").status())
                .isEqualTo(400);
        assertThat(box.graph.patch("/users/" + id, "{'otherMails':[]}").status())
                .isEqualTo(204);
        assertThat(box.graph.patch("/users/" + id, "{'displayName':null}").status())
                .isEqualTo(400);
    }

    @Test
    void readOnlyAndUnknownPropertiesAreRefusedAndAnnotationsAreNot() {
        String id = box.user("strict");

        assertThat(box.graph
                        .patch("/users/" + id, "{'createdDateTime':'2020-01-01T00:00:00Z'}")
                        .message())
                .isEqualTo("Property 'createdDateTime' is read-only and cannot be set.");
        assertThat(box.graph.patch("/users/" + id, "{'shoeSize':43}").status()).isEqualTo(400);
        assertThat(box.graph
                        .patch("/users/" + id, "{'@odata.note':'x','jobTitle':'Clerk'}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aUserPrincipalNameBelongsToOneUser() {
        box.user("twin");

        Answer second = box.graph.post(
                "/users",
                "{'accountEnabled':true,'displayName':'t','mailNickname':'t','userPrincipalName':'TWIN@example.com',"
                        + "'passwordProfile':{'password':'Xw4!longEnough'}}");

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.body().at("/error/details/0/code").asText()).isEqualTo("ObjectConflict");
        assertThat(second.body().at("/error/details/0/target").asText()).isEqualTo("userPrincipalName");
    }

    @Test
    void theManagerIsSetReplacedAndRemoved() {
        String employee = box.user("employee");
        String first = box.user("boss1");
        String second = box.user("boss2");

        box.graph.put("/users/" + employee + "/manager/$ref", "{'@odata.id':'x/users/" + first + "'}");
        box.graph.put("/users/" + employee + "/manager/$ref", "{'@odata.id':'x/users/" + second + "'}");

        assertThat(box.graph
                        .get("/users/" + employee + "/manager")
                        .body()
                        .path("id")
                        .asText())
                .isEqualTo(second);
        assertThat(box.graph.get("/users/" + first + "/directReports").body().path("value"))
                .isEmpty();
        assertThat(box.graph.delete("/users/" + employee + "/manager/$ref").status())
                .isEqualTo(204);
        assertThat(box.graph.get("/users/" + employee + "/manager").status()).isEqualTo(404);
    }

    @Test
    void membersAreAddedOnceAndRemovedOnce() {
        String group = box.group("team");
        String user = box.user("member");
        String reference = "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + user + "'}";

        assertThat(box.graph
                        .post("/groups/" + group + "/members/$ref", reference)
                        .status())
                .isEqualTo(204);
        Answer again = box.graph.post("/groups/" + group + "/members/$ref", reference);

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.message())
                .isEqualTo("One or more added object references already exist for the following modified properties:"
                        + " 'members'.");
        assertThat(box.graph
                        .get("/groups/" + group + "/members")
                        .body()
                        .at("/value/0/@odata.type")
                        .asText())
                .isEqualTo("#microsoft.graph.user");
        assertThat(box.graph
                        .get("/users/" + user + "/memberOf")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(group);
        assertThat(box.graph
                        .delete("/groups/" + group + "/members/" + user + "/$ref")
                        .status())
                .isEqualTo(204);
        assertThat(box.graph
                        .delete("/groups/" + group + "/members/" + user + "/$ref")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void bindingTwentyMembersIsAllOrNothing() {
        String group = box.group("bound");
        String present = box.user("present");
        String fresh = box.user("fresh");
        String url = "https://graph.microsoft.com/v1.0/directoryObjects/";

        assertThat(box.graph
                        .patch("/groups/" + group, "{'members@odata.bind':['" + url + present + "']}")
                        .status())
                .isEqualTo(204);
        Answer mixed = box.graph.patch(
                "/groups/" + group, "{'members@odata.bind':['" + url + fresh + "','" + url + present + "']}");

        assertThat(mixed.status()).isEqualTo(400);
        assertThat(box.graph.get("/groups/" + group + "/members").body().path("value"))
                .hasSize(1);
    }

    @Test
    void aDynamicGroupFollowsItsRuleAndTakesNoMembersByHand() {
        Answer created = box.graph.post(
                "/groups",
                "{'displayName':'dyn','mailEnabled':false,'securityEnabled':true,'mailNickname':'dyn',"
                        + "'groupTypes':['DynamicMembership'],'membershipRuleProcessingState':'On',"
                        + "'membershipRule':'user.department -eq \\'Lab\\''}");
        String group = created.body().path("id").asText();
        String user = box.user("scientist");

        Answer byHand = box.graph.post("/groups/" + group + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}");
        box.graph.patch("/users/" + user, "{'department':'Lab'}");

        assertThat(byHand.status()).isEqualTo(403);
        assertThat(box.graph
                        .get("/groups/" + group + "/members")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(user);
        box.graph.patch("/users/" + user, "{'department':null}");
        assertThat(box.graph.get("/groups/" + group + "/members").body().path("value"))
                .isEmpty();
    }

    @Test
    void theLastOwnerStays() {
        String group = box.group("owned");
        String owner = box.user("owner");
        box.graph.post("/groups/" + group + "/owners/$ref", "{'@odata.id':'x/users/" + owner + "'}");

        assertThat(box.graph
                        .delete("/groups/" + group + "/owners/" + owner + "/$ref")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void everyEffectIsInTheLedgerOnce() {
        int before = box.simulator.ledger().size();
        String group = box.group("ledger");
        box.graph.patch("/groups/" + group, "{'description':'new'}", "client-request-id", "my-request");
        box.graph.patch("/groups/" + group, "{'nonsense':1}");

        var entries = box.simulator.ledger().from(before + 1L);

        assertThat(entries).extracting(e -> e.effect()).containsExactly(Effect.Type.CREATED, Effect.Type.UPDATED);
        assertThat(entries.get(1).clientRequestId()).isEqualTo("my-request");
        assertThat(entries.get(1).before().path("description").isMissingNode()
                        || entries.get(1).before().path("description").isNull())
                .isTrue();
        assertThat(entries.get(1).after().path("description").asText()).isEqualTo("new");
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        assertThat(box.graph.get("/teams").status()).isEqualTo(501);
        assertThat(box.graph.get("/users/00000000-0000-4000-8000-000000000000").code())
                .isEqualTo("Request_ResourceNotFound");
    }
}
