package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Spellings, casts and shortcuts that clients made from Graph's schema rely on. */
class SpellingTest {

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
    void theNamespaceMayBeCalledGraph() {
        String user = box.user("narrowed");
        String group = box.group("narrowing");
        box.graph.post(
                "/groups/" + group + "/members/$ref", "{'@odata.id':'https://x/v1.0/directoryObjects/" + user + "'}");

        assertThat(box.graph
                        .get("/groups/" + group + "/members/graph.user")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(user);
        assertThat(box.graph
                        .get("/groups/" + group + "/members/graph.group")
                        .body()
                        .path("value"))
                .isEmpty();
        assertThat(box.graph.get("/groups/graph.delta()").status()).isEqualTo(200);
        box.graph.delete("/users/" + user);
        assertThat(box.graph
                        .get("/directory/deletedItems/graph.user")
                        .body()
                        .path("value")
                        .findValuesAsText("id"))
                .contains(user);
        assertThat(box.graph
                        .get("/directory/deletedItems/" + user + "/graph.user")
                        .status())
                .isEqualTo(200);
        assertThat(box.graph
                        .get("/directory/deletedItems/" + user + "/microsoft.graph.group")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aCastListIsAListOfThatKind() {
        String user = box.user("cast");
        String group = box.group("casting");
        box.graph.post(
                "/groups/" + group + "/members/$ref", "{'@odata.id':'https://x/v1.0/directoryObjects/" + user + "'}");

        var list = box.graph
                .get("/groups/" + group + "/members/microsoft.graph.user?$select=displayName,id")
                .body();

        assertThat(list.path("@odata.context").asText()).endsWith("$metadata#users(displayName,id)");
        assertThat(list.path("value").get(0).properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("displayName", "id");
    }

    @Test
    void wordsAndNamesOfMembersAreTakenInAnyCase() {
        var made = box.graph.post(
                "/identity/conditionalAccess/policies",
                "{'DisplayName':'loud','State':'Disabled','Conditions':{'ClientAppTypes':['All'],'Applications':"
                        + "{'IncludeApplications':['All']},'Users':{'IncludeUsers':['None']}},"
                        + "'GrantControls':{'Operator':'OR','BuiltInControls':['Mfa']}}");

        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(made.body().path("state").asText()).isEqualTo("disabled");
        assertThat(made.body().at("/grantControls/builtInControls/0").asText()).isEqualTo("mfa");
        assertThat(made.body().at("/conditions/users/includeUsers/0").asText()).isEqualTo("None");
        assertThat(box.graph
                        .patch(
                                "/identity/conditionalAccess/policies/"
                                        + made.body().path("id").asText(),
                                "{'state':'on'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anApplicationMayBeMadeWithItsSecret() {
        var made = box.graph.post(
                "/applications", "{'displayName':'keyed','passwordCredentials':[{'displayName':'first'}]}");
        String secret = made.body().at("/passwordCredentials/0/secretText").asText();

        assertThat(secret).hasSize(40);
        assertThat(made.body().at("/passwordCredentials/0/displayName").asText())
                .isEqualTo("first");
        var read = box.graph.get("/applications/" + made.body().path("id").asText());
        assertThat(read.body().at("/passwordCredentials/0/secretText").isNull()).isTrue();
        assertThat(read.body().at("/passwordCredentials/0/hint").asText()).isEqualTo(secret.substring(0, 3));
        String appId = made.body().path("appId").asText();
        box.graph.post("/servicePrincipals", "{'appId':'" + appId + "'}");
        assertThat(GraphClient.token(box.simulator, appId, secret)).isNotEmpty();
    }

    @Test
    void aFederatedCredentialStandsOnce() {
        String app = box.graph
                .post("/applications", "{'displayName':'federated'}")
                .body()
                .path("id")
                .asText();
        String place = "/applications/" + app + "/federatedIdentityCredentials";
        String body = "{'name':'NAME','issuer':'https://token.example','subject':'SUBJECT','audiences':['api://x']}";

        assertThat(box.graph.post(place, body).status()).isEqualTo(201);
        assertThat(box.graph.post(place, body.replace("NAME", "other")).message())
                .startsWith("A conflicting object");
        assertThat(box.graph.post(place, body.replace("SUBJECT", "other")).status())
                .isEqualTo(400);
        String second = box.graph
                .post(place, body.replace("NAME", "other").replace("SUBJECT", "other"))
                .body()
                .path("id")
                .asText();
        assertThat(box.graph
                        .patch(place + "/" + second, "{'subject':'SUBJECT'}")
                        .status())
                .isEqualTo(400);
        assertThat(box.graph.patch(place + "/" + second, "{'subject':'third'}").status())
                .isEqualTo(204);
    }

    @Test
    void anAttributeWithSeveralValuesIsFoundByOneOfThem() {
        box.graph.post("/directory/attributeSets", "{'id':'Engineering'}");
        box.graph.post(
                "/directory/customSecurityAttributeDefinitions",
                "{'attributeSet':'Engineering','name':'Project','type':'String','status':'Available',"
                        + "'isCollection':true}");
        String user = box.user("attributed");
        assertThat(box.graph
                        .patch(
                                "/users/" + user,
                                "{'customSecurityAttributes':{'Engineering':{'@odata.type':"
                                        + "'#microsoft.graph.customSecurityAttributeValue','Project@odata.type':"
                                        + "'#Collection(String)','Project':['Baker','Alpine']}}}")
                        .status())
                .isEqualTo(204);

        String found = "/users?$count=true&$select=id&$filter=customSecurityAttributes/Engineering/Project eq ";
        assertThat(box.graph
                        .get(found + "'Alpine'", "ConsistencyLevel", "eventual")
                        .body()
                        .path("value")
                        .findValuesAsText("id"))
                .containsExactly(user);
        assertThat(box.graph
                        .get(found + "'Cascade'", "ConsistencyLevel", "eventual")
                        .body()
                        .path("value"))
                .isEmpty();
    }

    @Test
    void atMostTwentyMembershipsAreCheckedAtOnce() {
        String user = box.user("checked");
        String ids = "'" + String.join("','", Collections.nCopies(21, user)) + "'";

        assertThat(box.graph
                        .post("/directoryObjects/" + user + "/checkMemberObjects", "{'ids':[" + ids + "]}")
                        .status())
                .isEqualTo(400);
        assertThat(box.graph
                        .post("/users/" + user + "/checkMemberGroups", "{'groupIds':[" + ids + "]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aGroupWithoutMailStaysASecurityGroup() {
        String group = box.group("secure");

        assertThat(box.graph
                        .patch("/groups/" + group, "{'securityEnabled':false}")
                        .message())
                .isEqualTo("Invalid value specified for property 'securityEnabled' of resource 'Group'.");
    }

    @Test
    void theDateOfAnErrorHasSecondsEvenAtTheFullMinute() {
        try (Box own = Box.open()) {
            own.simulator.clock().set(Instant.parse("2027-03-12T23:50:00Z"));
            var refused = new GraphClient(own.simulator.graphUrl(), "").get("/users");

            assertThat(refused.body().at("/error/innerError/date").asText()).matches("2027-03-12T23:50:\\d\\d");
        }
    }
}
