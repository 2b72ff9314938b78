package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memberships that not everybody sees. */
class HiddenMembershipTest {

    private static Box box;
    private static String member;
    private static String group;
    private static String unit;

    @BeforeAll
    static void open() {
        box = Box.open();
        member = box.user("hidden");
        group = box.graph
                .post(
                        "/groups",
                        "{'displayName':'secret','mailEnabled':true,'securityEnabled':false,'mailNickname':'secret',"
                                + "'groupTypes':['Unified'],'visibility':'HiddenMembership'}")
                .body()
                .path("id")
                .asText();
        unit = box.graph
                .post("/directory/administrativeUnits", "{'displayName':'secret','visibility':'HiddenMembership'}")
                .body()
                .path("id")
                .asText();
        for (String holder : List.of("/groups/" + group, "/directory/administrativeUnits/" + unit)) {
            assertThat(box.graph
                            .post(
                                    holder + "/members/$ref",
                                    "{'@odata.id':'https://x/v1.0/directoryObjects/" + member + "'}")
                            .status())
                    .isEqualTo(204);
        }
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static GraphClient seeing() {
        return box.holding("Directory.Read.All", "Member.Read.Hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/groups/delta",
                "/directory/administrativeUnits/delta?$select=members",
                "/groups?$expand=members"
            })
    void theyAreToldOnlyToWhoMaySeeThem(String path) {
        assertThat(box.graph.get(path).response().body()).contains("value").doesNotContain(member);
        assertThat(seeing().get(path).response().body()).contains(member);
    }

    @Test
    void theyAreNotToldAsChangesEither() {
        String link = "/groups/delta?$deltatoken=latest";
        String blind = box.graph.get(link).body().path("@odata.deltaLink").asText();
        String clear = seeing().get(link).body().path("@odata.deltaLink").asText();
        String second = box.user("second");
        box.graph.post(
                "/groups/" + group + "/members/$ref", "{'@odata.id':'https://x/v1.0/directoryObjects/" + second + "'}");

        assertThat(box.graph.get(blind).response().body()).doesNotContain(second);
        assertThat(seeing().get(clear).response().body()).contains(second);
    }

    @Test
    void oneMemberIsNotFoundByItsIdAndNoneIsCounted() {
        String one = "/groups/" + group + "/members/" + member;

        assertThat(box.graph.get(one).status()).isEqualTo(404);
        assertThat(seeing().get(one).status()).isEqualTo(200);
        assertThat(box.graph
                        .get("/groups/" + group + "/members/$count", "ConsistencyLevel", "eventual")
                        .response()
                        .body())
                .isEqualTo("0");
    }
}
