package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Applications are made from templates, and directory objects are asked for as what they are. */
class TemplateTest {

    private static final String ANY = "/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621";

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
    void aTemplateGivesAnApplicationWithItsServicePrincipal() {
        Answer made = box.graph.post(ANY + "/instantiate", "{'displayName':'Ledger'}");

        assertThat(made.status()).as(made.message()).isEqualTo(201);
        String application = made.body().at("/application/id").asText();
        String principal = made.body().at("/servicePrincipal/id").asText();
        assertThat(made.body().at("/application/appId")).isEqualTo(made.body().at("/servicePrincipal/appId"));
        assertThat(box.graph
                        .get("/applications/" + application)
                        .body()
                        .path("applicationTemplateId")
                        .asText())
                .isEqualTo("8adf8e6e-67b2-4cf2-a259-e3dc5476c621");
        Answer stored = box.graph.get("/servicePrincipals/" + principal);
        assertThat(stored.body().path("displayName").asText()).isEqualTo("Ledger");
        assertThat(stored.body().path("tags").toString()).contains("CustomSingleSignOnApplication");
        assertThat(stored.body().at("/appRoles/0/displayName").asText()).isEqualTo("msiam_access");
        assertThat(stored.body().at("/oauth2PermissionScopes/0/value").asText()).isEqualTo("user_impersonation");
    }

    @Test
    void aTemplateNeedsANameAndAPermission() {
        assertThat(box.graph.post(ANY + "/instantiate", "{}").status()).isEqualTo(400);
        assertThat(box.graph
                        .post("/applicationTemplates/" + Box.ADMIN + "/instantiate", "{'displayName':'x'}")
                        .status())
                .isEqualTo(404);
        assertThat(box.holding("Application.Read.All")
                        .post(ANY + "/instantiate", "{'displayName':'x'}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aDirectoryObjectIsFoundOnlyAsWhatItIs() {
        String user = box.user("casted");
        String group = box.group("holders");
        box.graph.post(
                "/groups/" + group + "/members/$ref",
                "{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/" + user + "'}");

        assertThat(box.graph
                        .get("/directoryObjects/" + user + "/microsoft.graph.user")
                        .body()
                        .path("displayName")
                        .asText())
                .isEqualTo("casted");
        assertThat(box.graph
                        .get("/directoryObjects('" + user + "')/graph.user?$select=mailNickname")
                        .body()
                        .path("mailNickname")
                        .asText())
                .isEqualTo("casted");
        assertThat(box.graph
                        .get("/directoryObjects/" + user + "/microsoft.graph.group")
                        .status())
                .isEqualTo(404);
        assertThat(box.graph
                        .get("/directoryObjects/" + group + "/microsoft.graph.group/members")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(user);
        assertThat(box.graph
                        .get("/directoryObjects/" + user + "/microsoft.graph.nothing")
                        .status())
                .isBetween(400, 501);
    }

    @Test
    void whoIsMadeWithAPasswordHasItAsAMethod() {
        String user = box.user("withpassword");

        Answer methods = box.graph.get("/users/" + user + "/authentication/methods");

        assertThat(methods.body().at("/value/0/id").asText()).isEqualTo("28c10230-6103-485e-b985-444c60001490");
        assertThat(methods.body().at("/value/0/@odata.type").asText())
                .isEqualTo("#microsoft.graph.passwordAuthenticationMethod");
        assertThat(box.graph
                        .get("/users/" + user + "/authentication/passwordMethods")
                        .body()
                        .path("value"))
                .hasSize(1);
    }
}
