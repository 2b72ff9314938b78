package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApplicationTest {

    private static final String ROLE = "5d2f7a31-0c8e-4f5b-9a46-0b6d1c2e3f40";

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static Answer application(String name, String more) {
        return box.graph.post("/applications", "{'displayName':'" + name + "'" + more + "}");
    }

    private static String principal(Answer application) {
        return box.graph
                .post(
                        "/servicePrincipals",
                        "{'appId':'" + application.body().path("appId").asText() + "'}")
                .body()
                .path("id")
                .asText();
    }

    private static String role(boolean enabled) {
        return "{'id':'" + ROLE + "','displayName':'r','description':'r','value':'r','isEnabled':" + enabled
                + ",'allowedMemberTypes':['User','Application']}";
    }

    @Test
    void aPasswordIsShownOnceAndCanBeRemoved() {
        String id = application("secretive", "").body().path("id").asText();

        Answer added = box.graph.post(
                "/applications/" + id + "/addPassword", "{'passwordCredential':{'displayName':'first'}}");

        assertThat(added.status()).isEqualTo(200);
        assertThat(added.body().path("secretText").asText()).hasSizeGreaterThan(30);
        assertThat(box.graph
                        .get("/applications/" + id)
                        .body()
                        .at("/passwordCredentials/0/secretText")
                        .isNull())
                .isTrue();
        String key = added.body().path("keyId").asText();
        assertThat(box.graph
                        .post("/applications/" + id + "/removePassword", "{'keyId':'" + key + "'}")
                        .status())
                .isEqualTo(204);
        assertThat(box.graph.get("/applications/" + id).body().path("passwordCredentials"))
                .isEmpty();
        assertThat(box.simulator.ledger().entries().toString())
                .doesNotContain(added.body().path("secretText").asText());
    }

    @Test
    void anEnabledRoleIsDisabledBeforeItGoes() {
        String id = application("roles", ",'appRoles':[" + role(true) + "]")
                .body()
                .path("id")
                .asText();

        Answer atOnce = box.graph.patch("/applications/" + id, "{'appRoles':[]}");
        Answer disabled = box.graph.patch("/applications/" + id, "{'appRoles':[" + role(false) + "]}");
        Answer gone = box.graph.patch("/applications/" + id, "{'appRoles':[]}");

        assertThat(atOnce.status()).isEqualTo(400);
        assertThat(atOnce.body().at("/error/details/0/code").asText())
                .isEqualTo("CannotDeleteOrUpdateEnabledEntitlement");
        assertThat(disabled.status()).isEqualTo(204);
        assertThat(gone.status()).isEqualTo(204);
    }

    @Test
    void aServicePrincipalFollowsItsApplication() {
        Answer app = application("leader", ",'appRoles':[" + role(true) + "]");
        String principal = principal(app);

        box.graph.patch("/applications/" + app.body().path("id").asText(), "{'displayName':'renamed'}");

        Answer followed = box.graph.get("/servicePrincipals/" + principal);
        assertThat(followed.body().path("displayName").asText()).isEqualTo("renamed");
        assertThat(followed.body().at("/appRoles/0/id").asText()).isEqualTo(ROLE);
        Answer second = box.graph.post(
                "/servicePrincipals", "{'appId':'" + app.body().path("appId").asText() + "'}");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("Request_MultipleObjectsWithSameKeyValue");
        assertThat(box.graph
                        .post("/servicePrincipals", "{'appId':'" + ROLE + "'}")
                        .message())
                .contains("does not reference a valid application object");
    }

    @Test
    void aRoleIsAssignedOnceAndSeenFromBothSides() {
        String resource = principal(application("resource", ",'appRoles':[" + role(true) + "]"));
        String client = principal(application("client", ""));
        String body = "{'principalId':'" + client + "','resourceId':'" + resource + "','appRoleId':'" + ROLE + "'}";

        Answer assigned = box.graph.post("/servicePrincipals/" + resource + "/appRoleAssignedTo", body);
        Answer again = box.graph.post("/servicePrincipals/" + client + "/appRoleAssignments", body);

        assertThat(assigned.status()).isEqualTo(201);
        assertThat(assigned.body().path("principalType").asText()).isEqualTo("ServicePrincipal");
        assertThat(again.message()).isEqualTo("Permission being assigned already exists on the object");
        String id = assigned.body().path("id").asText();
        assertThat(box.graph
                        .get("/servicePrincipals/" + client + "/appRoleAssignments")
                        .body()
                        .at("/value/0/id")
                        .asText())
                .isEqualTo(id);
        assertThat(box.graph
                        .delete("/servicePrincipals/" + resource + "/appRoleAssignedTo/" + id)
                        .status())
                .isEqualTo(204);
        assertThat(box.graph
                        .get("/servicePrincipals/" + client + "/appRoleAssignments")
                        .body()
                        .path("value"))
                .isEmpty();
    }

    @Test
    void aDelegatedGrantExistsOncePerPairAndOnlyItsScopeChanges() {
        String resource = principal(application("api", ""));
        String client = principal(application("caller", ""));
        String body = "{'clientId':'" + client + "','resourceId':'" + resource
                + "','consentType':'AllPrincipals','scope':'a b'}";

        Answer granted = box.graph.post("/oauth2PermissionGrants", body);
        Answer again = box.graph.post("/oauth2PermissionGrants", body);
        String id = granted.body().path("id").asText();

        assertThat(granted.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.message()).isEqualTo("Permission entry already exists.");
        assertThat(box.graph
                        .patch("/oauth2PermissionGrants/" + id, "{'scope':'a'}")
                        .status())
                .isEqualTo(204);
        assertThat(box.graph
                        .patch("/oauth2PermissionGrants/" + id, "{'clientId':'" + resource + "'}")
                        .status())
                .isEqualTo(400);
        assertThat(box.graph
                        .get("/servicePrincipals/" + client + "/oauth2PermissionGrants")
                        .body()
                        .path("value"))
                .hasSize(1);
    }

    @Test
    void aFederatedCredentialLivesUnderItsApplication() {
        String id = application("federated", "").body().path("id").asText();

        Answer created = box.graph.post(
                "/applications/" + id + "/federatedIdentityCredentials",
                "{'name':'ci','issuer':'https://issuer.example.com','subject':'s','audiences':['api://x']}");

        assertThat(created.status()).isEqualTo(201);
        String child = "/applications/" + id + "/federatedIdentityCredentials/"
                + created.body().path("id").asText();
        assertThat(box.graph.patch(child, "{'subject':'other'}").status()).isEqualTo(204);
        assertThat(box.graph.get(child).body().path("subject").asText()).isEqualTo("other");
        assertThat(box.graph.delete(child).status()).isEqualTo(204);
        assertThat(box.graph
                        .get("/applications/" + id + "/federatedIdentityCredentials")
                        .body()
                        .path("value"))
                .isEmpty();
    }

    @Test
    void theOwnedPermissionReachesOwnedApplicationsOnly() {
        String foreign = application("foreign", "").body().path("id").asText();

        assertThat(box.holding("Application.ReadWrite.OwnedBy")
                        .patch("/applications/" + foreign, "{'notes':'x'}")
                        .status())
                .isEqualTo(403);
    }
}
