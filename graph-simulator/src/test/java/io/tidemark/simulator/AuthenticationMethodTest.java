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

class AuthenticationMethodTest {

    private static final String PASSWORD = "28c10230-6103-485e-b985-444c60001490";
    private static final String MOBILE = "3179e48a-750b-4051-897c-87b9720928f7";
    private static final String SEEDED = "aaaaaaaa-0000-4000-8000-000000000001";

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open(b -> b, sink -> {
            sink.object(
                    "users",
                    Json.object()
                            .put("id", SEEDED)
                            .put("displayName", "seeded")
                            .put("userPrincipalName", "seeded@example.com"));
            sink.object("passwordMethods", Json.object().put("id", SEEDED + "/" + PASSWORD));
            sink.link("users", SEEDED, "authentication/methods", SEEDED + "/" + PASSWORD);
        });
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static Answer phone(String user, String type, String number) {
        return box.graph.post(
                "/users/" + user + "/authentication/phoneMethods",
                "{'phoneType':'" + type + "','phoneNumber':'" + number + "'}");
    }

    @Test
    void methodsOfAllSortsStandInOneListWithTheirTypes() {
        phone(SEEDED, "mobile", "+49 1511234567");

        JsonNode all = box.graph
                .get("/users/" + SEEDED + "/authentication/methods")
                .body()
                .path("value");
        List<String> types = new ArrayList<>();
        all.forEach(m -> types.add(m.path("@odata.type").asText()));

        assertThat(types)
                .containsExactlyInAnyOrder(
                        "#microsoft.graph.passwordAuthenticationMethod", "#microsoft.graph.phoneAuthenticationMethod");
        assertThat(box.graph
                        .get("/users/" + SEEDED + "/authentication/passwordMethods/" + PASSWORD)
                        .body()
                        .path("id")
                        .asText())
                .isEqualTo(PASSWORD);
    }

    @Test
    void aPhoneHasTheIdOfItsTypeAndThereIsOneOfEach() {
        String user = box.user("caller");
        Answer early = phone(user, "alternateMobile", "+49 1519999999");
        Answer first = phone(user, "mobile", "+49 1511234567");
        Answer second = phone(user, "mobile", "+49 1517654321");
        Answer nonsense = phone(user, "office", "call me");

        assertThat(early.status()).isEqualTo(400);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.body().path("id").asText()).isEqualTo(MOBILE);
        assertThat(second.status()).isEqualTo(400);
        assertThat(nonsense.status()).isEqualTo(400);
        String path = "/users/" + user + "/authentication/phoneMethods/" + MOBILE;
        assertThat(box.graph.patch(path, "{'phoneNumber':'+49 1517654321'}").status())
                .isEqualTo(204);
        assertThat(box.graph.get(path).body().path("phoneNumber").asText()).isEqualTo("+49 1517654321");
        assertThat(box.graph.call("POST", path + "/enableSmsSignIn", null).status())
                .isEqualTo(204);
        assertThat(box.graph.delete(path).status()).isEqualTo(204);
        assertThat(box.graph.get(path).status()).isEqualTo(404);
    }

    @Test
    void twoUsersHaveMethodsWithTheSameId() {
        String one = box.user("one");
        String two = box.user("two");
        phone(one, "mobile", "+49 1511111111");
        phone(two, "mobile", "+49 1512222222");

        assertThat(box.graph
                        .get("/users/" + two + "/authentication/phoneMethods/" + MOBILE)
                        .body()
                        .path("phoneNumber")
                        .asText())
                .isEqualTo("+49 1512222222");
        box.graph.delete("/users/" + one + "/authentication/phoneMethods/" + MOBILE);
        assertThat(box.graph
                        .get("/users/" + two + "/authentication/phoneMethods/" + MOBILE)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTemporaryAccessPassIsToldOnce() {
        String user = box.user("newcomer");
        String path = "/users/" + user + "/authentication/temporaryAccessPassMethods";
        Answer made = box.graph.post(path, "{'lifetimeInMinutes':60,'isUsableOnce':false}");

        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(made.body().path("temporaryAccessPass").asText()).hasSize(8);
        assertThat(box.graph.get(path).body().at("/value/0/temporaryAccessPass").isTextual())
                .isFalse();
        assertThat(box.graph.post(path, "{}").status()).isEqualTo(400);
        assertThat(box.graph
                        .post(
                                "/users/" + box.user("hasty") + "/authentication/temporaryAccessPassMethods",
                                "{'lifetimeInMinutes':5}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatADeviceHoldsCanOnlyBeRemoved() {
        assertThat(box.graph
                        .post(
                                "/users/" + SEEDED + "/authentication/microsoftAuthenticatorMethods",
                                "{'displayName':'phone'}")
                        .status())
                .isEqualTo(405);
        assertThat(box.graph
                        .delete("/users/" + SEEDED + "/authentication/passwordMethods/" + PASSWORD)
                        .status())
                .isEqualTo(405);
    }

    @Test
    void whoMayReadUsersMayNotReadTheirMethods() {
        GraphClient narrow = box.holding("User.ReadWrite.All");

        assertThat(narrow.get("/users/" + SEEDED + "/authentication/methods").status())
                .isEqualTo(403);
    }
}
