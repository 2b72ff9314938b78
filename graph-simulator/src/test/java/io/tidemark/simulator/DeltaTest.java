package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTest {

    private Box box;

    @BeforeEach
    void open() {
        box = Box.open();
    }

    @AfterEach
    void close() {
        box.close();
    }

    private String link(String url) {
        Answer answer = box.graph.get(url);
        while (answer.body().has("@odata.nextLink")) {
            answer = box.graph.get(answer.body().path("@odata.nextLink").asText());
        }
        return answer.body().path("@odata.deltaLink").asText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/delta",
                "/users/delta()",
                "/users/microsoft.graph.delta",
                "/users/microsoft.graph.delta()"
            })
    void everySpellingIsUnderstood(String url) {
        String user = box.user("spelled");

        Answer answer = box.graph.get(url + "?$select=displayName");

        assertThat(answer.body().at("/value/0/id").asText()).isEqualTo(user);
        assertThat(answer.body().has("@odata.deltaLink")).isTrue();
        assertThat(answer.body().has("@odata.nextLink")).isFalse();
    }

    @Test
    void onlySelectedPropertiesAreTracked() {
        String user = box.user("tracked");
        String link = link("/users/delta?$select=department");

        box.graph.patch("/users/" + user, "{'jobTitle':'x'}");
        assertThat(box.graph.get(link).body().path("value")).isEmpty();

        box.graph.patch("/users/" + user, "{'department':'Sales'}");
        Answer changed = box.graph.get(link);
        assertThat(changed.body().at("/value/0/department").asText()).isEqualTo("Sales");
        assertThat(changed.body().at("/value/0").has("jobTitle")).isFalse();
    }

    @Test
    void aClearedPropertyIsMissingAndWithReturnMinimalItIsNull() {
        String user = box.user("cleared");
        box.graph.patch("/users/" + user, "{'department':'Sales','jobTitle':'x'}");
        String link = link("/users/delta?$select=department,jobTitle");
        box.graph.patch("/users/" + user, "{'department':null}");

        JsonNode whole = box.graph.get(link).body().at("/value/0");
        JsonNode minimal =
                box.graph.get(link, "Prefer", "return=minimal").body().at("/value/0");

        assertThat(whole.has("department")).isFalse();
        assertThat(whole.path("jobTitle").asText()).isEqualTo("x");
        assertThat(minimal.get("department").isNull()).isTrue();
        assertThat(minimal.has("jobTitle")).isFalse();
    }

    @Test
    void deletedObjectsAreToldWithTheirReason() {
        String app = box.graph
                .post("/applications", "{'displayName':'gone'}")
                .body()
                .path("id")
                .asText();
        String link = link("/applications/delta");

        box.graph.delete("/applications/" + app);
        assertThat(box.graph.get(link).body().at("/value/0/@removed/reason").asText())
                .isEqualTo("changed");

        box.graph.delete("/directory/deletedItems/" + app);
        assertThat(box.graph.get(link).body().at("/value/0/@removed/reason").asText())
                .isEqualTo("deleted");
    }

    @Test
    void membersAreToldAsTheyComeAndGo() {
        String group = box.group("followed");
        String user = box.user("mover");
        String link = link("/groups/delta?$select=displayName,members");

        box.graph.post("/groups/" + group + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}");
        Answer added = box.graph.get(link);
        String next = added.body().path("@odata.deltaLink").asText();
        box.graph.delete("/groups/" + group + "/members/" + user + "/$ref");
        Answer removed = box.graph.get(next);

        assertThat(added.body().at("/value/0/members@delta/0/id").asText()).isEqualTo(user);
        assertThat(added.body().at("/value/0/members@delta/0/@odata.type").asText())
                .isEqualTo("#microsoft.graph.user");
        assertThat(removed.body().at("/value/0/members@delta/0/@removed/reason").asText())
                .isEqualTo("deleted");
    }

    @Test
    void membersOfAdministrativeUnitsAreToldWithoutBeingAskedFor() {
        String unit = box.graph
                .post("/directory/administrativeUnits", "{'displayName':'followed'}")
                .body()
                .path("id")
                .asText();
        String user = box.user("mover");
        String link = link("/directory/administrativeUnits/delta");

        box.graph.post(
                "/directory/administrativeUnits/" + unit + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}");
        Answer added = box.graph.get(link);
        String next = added.body().path("@odata.deltaLink").asText();
        box.graph.delete("/directory/administrativeUnits/" + unit + "/members/" + user + "/$ref");
        Answer removed = box.graph.get(next);

        assertThat(added.body().at("/value/0/id").asText()).isEqualTo(unit);
        assertThat(added.body().at("/value/0/displayName").asText()).isEqualTo("followed");
        assertThat(added.body().at("/value/0/members@delta/0/id").asText()).isEqualTo(user);
        assertThat(removed.body().at("/value/0/members@delta/0/@removed/reason").asText())
                .isEqualTo("deleted");
    }

    @Test
    void aMemberInTheRecycleBinIsNotToldAsRemoved() {
        String group = box.group("kept");
        String user = box.user("binned");
        box.graph.post("/groups/" + group + "/members/$ref", "{'@odata.id':'x/users/" + user + "'}");
        String link = link("/groups/delta?$select=members");

        box.graph.delete("/users/" + user);

        assertThat(box.graph.get(link).body().path("value")).isEmpty();
        assertThat(box.graph.get("/groups/" + group + "/members").body().path("value"))
                .isEmpty();
    }

    @Test
    void theFirstRoundTellsEverythingOnceOverManyPages() {
        for (int i = 0; i < 450; i += 20) {
            StringBuilder requests = new StringBuilder();
            for (int j = i; j < Math.min(450, i + 20); j++) {
                requests.append(j == i ? "" : ",")
                        .append("{'id':'" + j + "','method':'POST','url':'/groups','headers':{'Content-Type':"
                                + "'application/json'},'body':{'displayName':'g','mailEnabled':false,"
                                + "'securityEnabled':true,'mailNickname':'g" + j + "'}}");
            }
            box.graph.post("/$batch", "{'requests':[" + requests + "]}");
        }

        Set<String> seen = new HashSet<>();
        Answer answer = box.graph.get("/groups/delta?$select=id");
        int pages = 1;
        int told = 0;
        while (true) {
            for (JsonNode group : answer.body().path("value")) {
                seen.add(group.path("id").asText());
                told++;
            }
            if (!answer.body().has("@odata.nextLink")) {
                break;
            }
            pages++;
            answer = box.graph.get(answer.body().path("@odata.nextLink").asText());
        }

        assertThat(seen).hasSize(450);
        assertThat(told).isEqualTo(450);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void latestTellsNothingButTheLink() {
        box.user("early");

        Answer answer = box.graph.get("/users/delta?$deltatoken=latest");

        assertThat(answer.body().path("value")).isEmpty();
        box.user("late");
        assertThat(box.graph
                        .get(answer.body().path("@odata.deltaLink").asText())
                        .body()
                        .path("value"))
                .hasSize(1);
    }

    @Test
    void aLinkExpiresAfterSevenDays() {
        String link = link("/users/delta");

        box.simulator.clock().advance(Duration.ofDays(8));
        GraphClient later = box.as(Box.ADMIN, Box.ADMIN_SECRET);

        assertThat(later.get(link).code()).isEqualTo("syncStateNotFound");
    }

    @Test
    void aResetIsForced() {
        String link = link("/users/delta");
        box.simulator.faults().add(FaultRule.next(Fault.RESYNC, 1, "GET", "delta"));

        Answer answer = box.graph.get(link);

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.header("Location")).endsWith("$deltatoken=");
        assertThat(box.graph.get(link).status()).isEqualTo(200);
    }

    @Test
    void preferencesInSeveralHeaderFieldsAreOneList() {
        box.user("one");
        box.user("two");

        var page = box.graph
                .get("/users/delta", "Prefer", "include-unknown-enum-members", "Prefer", "odata.maxpagesize=1")
                .body();

        assertThat(page.path("value")).hasSize(1);
    }
}
