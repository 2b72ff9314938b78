package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values of schema extensions, changes of all directory objects in one list, conditions on what relations lead to. */
class ExtensionValueTest {

    private static final String COURSES = "ext55gb1l09_courses";

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open(b -> b, sink -> {
            var definition = Json.object()
                    .put("id", COURSES)
                    .put("description", "courses")
                    .put("status", "Available")
                    .put("owner", Box.ADMIN);
            definition.putArray("targetTypes").add("User");
            var properties = definition.putArray("properties");
            properties.addObject().put("name", "courseId").put("type", "Integer");
            properties.addObject().put("name", "courseName").put("type", "String");
            sink.object("schemaExtensions", definition);
        });
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static List<String> ids(Answer answer) {
        assertThat(answer.status()).as(answer.message()).isEqualTo(200);
        List<String> found = new ArrayList<>();
        answer.body().path("value").forEach(v -> found.add(v.path("id").asText()));
        return found;
    }

    @Test
    void aValueIsWrittenSelectedFilteredByAndTakenAway() {
        String user = "/users/" + box.user("student");
        String other = box.user("idler");

        assertThat(box.graph
                        .patch(user, "{'" + COURSES + "':{'courseId':7,'courseName':'Graph'}}")
                        .status())
                .isEqualTo(204);
        assertThat(box.graph.get(user).body().has(COURSES)).isFalse();
        JsonNode shown = box.graph.get(user + "?$select=id," + COURSES).body();
        assertThat(shown.at("/" + COURSES + "/courseId").asInt()).isEqualTo(7);
        assertThat(box.graph
                        .get("/users/" + other + "?$select=id," + COURSES)
                        .body()
                        .has(COURSES))
                .isFalse();
        assertThat(ids(box.graph.get("/users?$filter=" + COURSES + "/courseId eq 7")))
                .containsExactly(shown.path("id").asText());
        assertThat(box.graph.patch(user, "{'" + COURSES + "':null}").status()).isEqualTo(204);
        assertThat(ids(box.graph.get("/users?$filter=" + COURSES + "/courseId eq 7")))
                .isEmpty();
    }

    @Test
    void aValueMustFitItsDefinitionAndTheDefinitionItsObject() {
        String user = "/users/" + box.user("careless");

        assertThat(box.graph
                        .patch(user, "{'" + COURSES + "':{'courseId':'seven'}}")
                        .status())
                .isEqualTo(400);
        assertThat(box.graph.patch(user, "{'" + COURSES + "':{'unknown':1}}").status())
                .isEqualTo(400);
        assertThat(box.graph.patch(user, "{'" + COURSES + "':7}").status()).isEqualTo(400);
        assertThat(box.graph
                        .patch("/groups/" + box.group("class"), "{'" + COURSES + "':{'courseId':7}}")
                        .status())
                .isEqualTo(400);
        assertThat(box.graph.get("/users?$select=ext00000000_nothing").status()).isEqualTo(400);
    }

    @Test
    void changesOfAllDirectoryObjectsComeInOneList() {
        String only = "/directoryObjects/delta?$filter=isof('microsoft.graph.user') or isof('microsoft.graph.group')";
        String user = box.user("watched");
        String group = box.group("watching");
        Answer first = box.graph.get(only
                + "&$select=microsoft.graph.user/displayName,microsoft.graph.group/description,"
                + "microsoft.graph.group/members");

        assertThat(ids(first)).contains(user, group);
        assertThat(first.body().path("value").findValuesAsText("@odata.type"))
                .containsOnly("#microsoft.graph.user", "#microsoft.graph.group");
        box.graph.patch("/users/" + user, "{'displayName':'renamed'}");
        box.graph.post("/applications", "{'displayName':'of no concern'}");
        box.graph.post(
                "/groups/" + group + "/members/$ref",
                "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + user + "'}");
        Answer changes = box.graph.get(first.body().path("@odata.deltaLink").asText());

        assertThat(ids(changes)).containsExactlyInAnyOrder(user, group);
        for (JsonNode change : changes.body().path("value")) {
            if (change.path("id").asText().equals(user)) {
                assertThat(change.path("displayName").asText()).isEqualTo("renamed");
            } else {
                assertThat(change.at("/members@delta/0/id").asText()).isEqualTo(user);
            }
        }
        assertThat(ids(box.graph.get("/directoryObjects/delta?$filter=id eq '" + group + "'")))
                .containsExactly(group);
        assertThat(box.graph
                        .get("/directoryObjects/delta?$filter=displayName eq 'x'")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void groupsAreFoundByTheNumberOfTheirAssignments() {
        String user = box.user("assigned");
        String with = box.group("with");
        String without = box.group("without");
        for (String group : List.of(with, without)) {
            box.graph.post(
                    "/groups/" + group + "/members/$ref",
                    "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + user + "'}");
        }
        String appId = box.graph
                .post("/applications", "{'displayName':'resource'}")
                .body()
                .path("appId")
                .asText();
        String resource = box.graph
                .post("/servicePrincipals", "{'appId':'" + appId + "'}")
                .body()
                .path("id")
                .asText();
        Answer assigned = box.graph.post(
                "/groups/" + with + "/appRoleAssignments",
                "{'principalId':'" + with + "','resourceId':'" + resource
                        + "','appRoleId':'00000000-0000-0000-0000-000000000000'}");
        assertThat(assigned.status()).as(assigned.message()).isEqualTo(201);
        String memberOf = "/users/" + user + "/memberOf/microsoft.graph.group?$count=true&$filter=";

        assertThat(ids(box.graph.get(memberOf + "appRoleAssignments/$count gt 0", "ConsistencyLevel", "eventual")))
                .containsExactly(with);
        assertThat(ids(box.graph.get(memberOf + "appRoleAssignments/$count eq 0", "ConsistencyLevel", "eventual")))
                .containsExactly(without);
    }
}
