package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties that need a permission of their own, and permissions for single properties. */
class PropertyPermissionTest {

    private static final String LEAVES = "2031-05-04T00:00:00Z";

    private static Box box;
    private static String leaver;
    private static int made;

    @BeforeAll
    static void open() {
        box = Box.open();
        leaver = box.user("leaver");
        assertThat(box.graph
                        .patch("/users/" + leaver, "{'employeeLeaveDateTime':'" + LEAVES + "'}")
                        .status())
                .isEqualTo(204);
    }

    @AfterAll
    static void close() {
        box.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/{id}?$select=id,employeeLeaveDateTime",
                "/users?$select=id,employeeLeaveDateTime",
                "/users/delta?$select=id,employeeLeaveDateTime"
            })
    void whoMayNotSeeWhenPeopleLeaveIsToldNothingAndNoError(String path) {
        String asked = path.replace("{id}", leaver);

        var unseen = box.holding("User.Read.All").get(asked);
        var seen = box.holding("User.Read.All", "User-LifeCycleInfo.Read.All").get(asked);

        assertThat(unseen.status()).isEqualTo(200);
        assertThat(unseen.response().body()).contains(leaver).doesNotContain(LEAVES);
        assertThat(seen.response().body()).contains(LEAVES);
    }

    @Test
    void whatIsNotShownIsNull() {
        var body = box.holding("User.Read.All")
                .get("/users/" + leaver + "?$select=employeeLeaveDateTime,customSecurityAttributes")
                .body();

        assertThat(body.path("employeeLeaveDateTime").isNull()).isTrue();
        assertThat(body.path("customSecurityAttributes").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "User-Phone.ReadWrite.All          | {'mobilePhone':'+41 44 000 00 00'}                     | 204",
                "User-Phone.ReadWrite.All          | {'mobilePhone':'+41 44 000 00 01','department':'None'} | 403",
                "User-Mail.ReadWrite.All           | {'otherMails':['leaver@example.org']}                  | 204",
                "User-Mail.ReadWrite.All           | {'mobilePhone':'+41 44 000 00 02'}                     | 403",
                "User.EnableDisableAccount.All     | {'accountEnabled':false}                               | 204",
                "User.EnableDisableAccount.All     | {'department':'None'}                                  | 403",
                "User-LifeCycleInfo.ReadWrite.All  | {'employeeLeaveDateTime':'2032-01-01T00:00:00Z'}       | 204",
                "User.ReadWrite.All                | {'employeeLeaveDateTime':'2032-01-02T00:00:00Z'}       | 403",
                "User.ReadWrite.All                | {'department':'Legal','mobilePhone':'+41 44 000 00 3'} | 204"
            })
    void somePermissionsOpenSinglePropertiesOnly(String permission, String change, int status) {
        String user = box.user("changed" + made++);

        assertThat(box.holding("User.Read.All", permission)
                        .patch("/users/" + user, change)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void nobodyIsMadeWithADateOfLeavingByWhoMayNotSetIt() {
        String body =
                "{'accountEnabled':true,'displayName':'New','mailNickname':'newcomer','userPrincipalName':'newcomer@"
                        + Box.DOMAIN + "','passwordProfile':{'password':'Anything-1234'},'employeeLeaveDateTime':'"
                        + LEAVES + "'}";

        assertThat(box.holding("User.ReadWrite.All").post("/users", body).status())
                .isEqualTo(403);
        assertThat(box.graph.post("/users", body).status()).isEqualTo(201);
    }
}
