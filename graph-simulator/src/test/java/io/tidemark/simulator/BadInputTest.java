package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {

    private static final List<String> WORDS = List.of(
            "users",
            "groups",
            "applications",
            "$ref",
            "$count",
            "members",
            "owners",
            "manager",
            "('",
            "')",
            "(",
            ")",
            "delta",
            "delta()",
            "microsoft.graph.user",
            "directory",
            "deletedItems",
            "restore",
            "identity",
            "conditionalAccess",
            "policies",
            "namedLocations",
            "appId='x'",
            "00000000-0000-4000-8000-000000000000",
            "..",
            "%20",
            "addPassword",
            "getByIds",
            "directoryObjects",
            "auditLogs",
            "directoryAudits",
            "me");
    private static final List<String> OPTIONS = List.of(
            "$select=",
            "$filter=",
            "$top=",
            "$expand=",
            "$orderby=",
            "$search=",
            "$skiptoken=",
            "$deltatoken=",
            "$count=",
            "$format=");
    private static final List<String> VALUES = List.of(
            "id",
            "displayName eq 'x'",
            "((((",
            "not",
            "members($select=id",
            "a/any(b:b eq 1",
            "-1",
            "99999999999",
            "true",
            "'",
            "in (",
            "null",
            "startsWith(",
            "abc",
            "\"displayName:x\"",
            "a,b,,",
            "*",
            "any()",
            "x/$count eq 1");
    private static final List<String> BODIES = List.of(
            "",
            "{",
            "[]",
            "null",
            "{}",
            "{'displayName':{}}",
            "{'displayName':[1,{'a':null}]}",
            "{'requests':[{}]}",
            "{'requests':[{'id':'1','method':'GET','url':'/users'},3]}",
            "{'members@odata.bind':'x'}",
            "{'members@odata.bind':[{}]}",
            "{'@odata.id':5}",
            "{'@odata.id':''}",
            "{'ids':[1,null,{}]}",
            "{'id':'x'}",
            "{'passwordProfile':3,'userPrincipalName':4}",
            "{'appRoles':[null]}",
            "{'conditions':[]}",
            "{'accountEnabled':'yes'}",
            "{'groupTypes':'Unified','membershipRule':'(('}",
            "123",
            "'x'");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nonsenseIsRefusedAndHarmsNothing(long seed) {
        Random random = new Random(seed);
        try (Box box = Box.open()) {
            String witness = box.group("witness");
            String before = box.graph
                    .get("/groups/" + witness)
                    .body()
                    .path("displayName")
                    .asText();
            for (int i = 0; i < 400; i++) {
                Answer answer = box.graph.call(method(random), url(random, witness), body(random));

                assertThat(answer.status()).isNotEqualTo(500);
            }

            assertThat(before).isEqualTo("witness");
            assertThat(box.graph.get("/users").status()).isEqualTo(200);
            assertThat(box.group("after")).isNotEmpty();
        }
    }

    private static String method(Random random) {
        return List.of("GET", "POST", "PATCH", "DELETE", "PUT").get(random.nextInt(5));
    }

    private static String body(Random random) {
        return random.nextInt(3) == 0 ? null : BODIES.get(random.nextInt(BODIES.size()));
    }

    private static String url(Random random, String known) {
        StringBuilder url = new StringBuilder();
        int segments = 1 + random.nextInt(5);
        for (int i = 0; i < segments; i++) {
            String word = random.nextInt(6) == 0 ? known : WORDS.get(random.nextInt(WORDS.size()));
            url.append('/').append(word);
        }
        int options = random.nextInt(3);
        for (int i = 0; i < options; i++) {
            url.append(i == 0 ? '?' : '&')
                    .append(OPTIONS.get(random.nextInt(OPTIONS.size())))
                    .append(URLEncoder.encode(VALUES.get(random.nextInt(VALUES.size())), StandardCharsets.UTF_8));
        }
        return url.toString();
    }
}
