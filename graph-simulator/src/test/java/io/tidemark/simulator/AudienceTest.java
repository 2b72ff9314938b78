package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What applications may have, by the accounts that they take, and how many owners there can be. */
class AudienceTest {

    private static final String PERSONAL = "'signInAudience':'AzureADandPersonalMicrosoftAccount',";
    private static final String VERSION = "'requestedAccessTokenVersion':2";

    private static Box box;

    @BeforeAll
    static void open() {
        box = Box.open();
    }

    @AfterAll
    static void close() {
        box.close();
    }

    private static Answer application(String audience, String more) {
        return box.graph.post("/applications", "{" + audience + more + "}");
    }

    private static String times(int count, String one) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(i == 0 ? "" : ",").append(one.replace("#", String.format("%04d", i)));
        }
        return all.toString();
    }

    private static String id(String digits) {
        return "'00000000-0000-4000-8000-" + "0".repeat(12 - digits.length()) + digits + "'";
    }

    static Stream<String> tooMuch() {
        String api = "'api':{" + VERSION + ",";
        String scope = "{'id':'00000000-0000-4000-8000-00000000#','value':'s#','isEnabled':true,'type':'User',"
                + "'adminConsentDisplayName':'a','adminConsentDescription':'a'}";
        String access = "{'id':'00000000-0000-4000-8000-00000000#','type':'Scope'}";
        return Stream.of(
                "'api':{" + VERSION + "},'identifierUris':['urn:contoso:app']",
                "'api':{" + VERSION + "},'identifierUris':['api://contoso/app?x=1']",
                "'api':{" + VERSION + "},'identifierUris':['api://" + "x".repeat(120) + "']",
                "'api':{" + VERSION + "},'identifierUris':[" + times(51, "'api://contoso/#'") + "]",
                api + "'oauth2PermissionScopes':[" + times(101, scope) + "]}",
                api + "'oauth2PermissionScopes':["
                        + scope.replace("s#", "s".repeat(41)).replace("#", "0001") + "]}",
                "'api':{" + VERSION + "},'requiredResourceAccess':[{'resourceAppId':" + id("3") + ",'resourceAccess':["
                        + times(31, access) + "]}]",
                "'api':{" + VERSION + "},'web':{'redirectUris':['https://*.contoso.example/back']}",
                "'api':{" + VERSION + "},'web':{'redirectUris':[" + times(101, "'https://contoso.example/#'") + "]}",
                "'api':{" + VERSION + "},'appRoles':[{'id':" + id("1")
                        + ",'value':'r','displayName':'r','description':'r','isEnabled':true,'allowedMemberTypes':['User']}]");
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void applicationsForPersonalAccountsMayHaveLess(String properties) {
        Answer personal = application(PERSONAL, "'displayName':'personal'," + properties);
        Answer work = application("", "'displayName':'work'," + properties.replace("api://contoso", "api://work"));

        assertThat(personal.status()).isEqualTo(400);
        assertThat(personal.message()).startsWith("Invalid value specified for property '");
        assertThat(work.status()).as(work.message()).isEqualTo(201);
    }

    @Test
    void theirTokensAreOfTheSecondVersion() {
        Answer first = application(PERSONAL, "'displayName':'personal'");
        assertThat(first.message()).isEqualTo("Property api.requestedAccessTokenVersion is invalid.");

        String work = application("", "'displayName':'work'").body().path("id").asText();
        Answer changed =
                box.graph.patch("/applications/" + work, "{'signInAudience':'AzureADandPersonalMicrosoftAccount'}");
        assertThat(changed.status()).isEqualTo(400);
        assertThat(box.graph
                        .patch("/applications/" + work, "{" + PERSONAL + "'api':{" + VERSION + "}}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void theyHaveTwoSecrets() {
        String app = application(PERSONAL, "'displayName':'personal','api':{" + VERSION + "}")
                .body()
                .path("id")
                .asText();
        String add = "/applications/" + app + "/addPassword";

        assertThat(Collections.nCopies(3, add).stream()
                        .map(path -> box.graph.post(path, "{}").status()))
                .containsExactly(200, 200, 400);
    }

    @Test
    void mappedClaimsAreNotForCreatorsOfOwnApplications() {
        GraphClient owner = box.holding("Application.ReadWrite.OwnedBy");
        Answer refused = owner.post("/applications", "{'displayName':'mapped','api':{'acceptMappedClaims':true}}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(application("", "'displayName':'mapped','api':{'acceptMappedClaims':true}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void nothingHasMoreThanAHundredOwners() {
        String group = box.group("owned");
        String app = application("", "'displayName':'owned'").body().path("id").asText();
        for (int i = 0; i <= 100; i++) {
            String body = "{'@odata.id':'https://x/v1.0/directoryObjects/" + box.user("owner" + i) + "'}";
            int expected = i < 100 ? 204 : 400;
            assertThat(box.graph.post("/groups/" + group + "/owners/$ref", body).status())
                    .isEqualTo(expected);
            assertThat(box.graph
                            .post("/applications/" + app + "/owners/$ref", body)
                            .status())
                    .isEqualTo(expected);
        }
    }

    @Test
    void atMostTenResourcesBelongToOtherTenants() {
        StringBuilder own = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            String appId = application("", "'displayName':'resource'")
                    .body()
                    .path("appId")
                    .asText();
            own.append(i == 0 ? "" : ",")
                    .append("{'resourceAppId':'")
                    .append(appId)
                    .append("','resourceAccess':[]}");
        }
        String foreign = "{'resourceAppId':'00000000-0000-4000-8000-00000000#','resourceAccess':[]}";

        assertThat(application("", "'displayName':'own','requiredResourceAccess':[" + own + "]")
                        .status())
                .isEqualTo(201);
        assertThat(application("", "'displayName':'ten','requiredResourceAccess':[" + times(10, foreign) + "]")
                        .status())
                .isEqualTo(201);
        Answer more = application("", "'displayName':'more','requiredResourceAccess':[" + times(11, foreign) + "]");
        assertThat(more.status()).isEqualTo(400);
        assertThat(more.message()).contains("requiredResourceAccess");
    }
}
