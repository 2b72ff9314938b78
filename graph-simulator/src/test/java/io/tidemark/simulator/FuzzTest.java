package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.control.TenantExport;
import io.tidemark.simulator.rules.GraphRulebook;
import io.tidemark.simulator.tenant.Tenant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged requests, by seed: they are refused or obeyed, but nothing breaks and what is stored stays readable. */
class FuzzTest {

    private static final int ROUNDS = 500;
    private static final List<String> BODIES = List.of(
            "{\"displayName\":\"A\",\"mailEnabled\":false,\"securityEnabled\":true,\"mailNickname\":\"a\"}",
            "{\"displayName\":\"A\",\"description\":null,\"members@odata.bind\":[\"x/directoryObjects/1\"]}",
            "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"/users?$top=1\"},{\"id\":\"2\",\"method\":\"PATCH\","
                    + "\"url\":\"/groups/G\",\"dependsOn\":[\"1\"],\"headers\":{\"Content-Type\":\"application/json\"},"
                    + "\"body\":{\"description\":\"x\"}}]}",
            "{\"displayName\":\"P\",\"state\":\"disabled\",\"conditions\":{\"users\":{\"includeUsers\":[\"All\"]},"
                    + "\"applications\":{\"includeApplications\":[\"All\"]}},\"grantControls\":{\"operator\":\"OR\","
                    + "\"builtInControls\":[\"mfa\"]}}",
            "{\"displayName\":\"\\ud800\",\"appRoles\":[{\"id\":\"x\",\"isEnabled\":1E400}]}",
            "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}");
    private static final List<String> PATHS = List.of(
            "/groups",
            "/groups/G",
            "/groups/G/members/$ref",
            "/$batch",
            "/users",
            "/users?$filter=startsWith(displayName,'a') and not(id eq 'x')&$count=true",
            "/users?$search=%22displayName:a%22&$orderby=displayName&$top=5",
            "/users/delta?$select=displayName",
            "/groups/G?$expand=members($select=id;$top=2)",
            "/applications",
            "/identity/conditionalAccess/policies",
            "/directoryObjects/getByIds",
            "/directory/deletedItems/microsoft.graph.group");
    private static final String MARKS = "{}[]()\"':,;/\\%&=$#@?*+-.0189aeu\u00e9\u0000\n ";

    private final HttpClient client = HttpClient.newHttpClient();

    private static String damaged(Random random, String text) {
        StringBuilder result = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0 && result.length() > 0; i--) {
            int at = random.nextInt(result.length());
            char mark = MARKS.charAt(random.nextInt(MARKS.length()));
            switch (random.nextInt(4)) {
                case 0 -> result.deleteCharAt(at);
                case 1 -> result.insert(at, mark);
                case 2 -> result.setCharAt(at, mark);
                default -> result.append(result.substring(at));
            }
        }
        return result.toString();
    }

    private static String escaped(String path) {
        StringBuilder safe = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "/$?&=()',:;*-._~!@+".indexOf(c) >= 0);
            safe.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return safe.toString();
    }

    private static List<String> lines(Tenant tenant) {
        List<String> lines = new ArrayList<>();
        TenantExport.write(tenant, lines::add);
        return lines.stream().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void damagedRequestsBreakNothing(long seed, @TempDir Path folder) throws IOException, InterruptedException {
        Random random = new Random(seed);
        try (Box box = Box.open()) {
            String group = box.group("witness");
            String token = GraphClient.token(box.simulator, Box.ADMIN, Box.ADMIN_SECRET);
            for (int i = 0; i < ROUNDS; i++) {
                String path =
                        damaged(random, PATHS.get(random.nextInt(PATHS.size())).replace("G", group));
                String body = damaged(
                        random, BODIES.get(random.nextInt(BODIES.size())).replace("G", group));
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                if (random.nextInt(5) == 0 && bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                HttpRequest.Builder request = HttpRequest.newBuilder(
                                URI.create(box.simulator.graphUrl() + "/v1.0" + escaped(path)))
                        .method(
                                List.of("GET", "POST", "PATCH", "PUT", "DELETE").get(random.nextInt(5)),
                                HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + (random.nextInt(20) == 0
                                                ? damaged(random, "a.b.c").replaceAll("[^!-~]", "")
                                                : token))
                        .header("Content-Type", "application/json");
                if (random.nextInt(3) == 0) {
                    request.header(
                                    "Prefer",
                                    damaged(random, "return=minimal, odata.maxpagesize=3")
                                            .replaceAll("[^ -~]", ""))
                            .header("ConsistencyLevel", "eventual")
                            .header(
                                    "Accept",
                                    damaged(random, "application/json;odata.metadata=full")
                                            .replaceAll("[^ -~]", ""));
                }
                HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());

                assertThat(answer.statusCode())
                        .as(path + " " + body + " " + answer.body())
                        .isNotEqualTo(500);
                assertThat(answer.body()).as(path + " " + body).doesNotContain("InternalServerError");
            }

            List<String> stored = lines(box.simulator.tenant());
            Path file = folder.resolve("tenant.ndjson");
            Files.write(file, stored);
            Tenant again = new Tenant(UUID.randomUUID(), Clock.systemUTC(), 1, new GraphRulebook());
            again.load(TenantExport.read(file));
            assertThat(lines(again)).isEqualTo(stored);
            assertThat(box.group("after")).isNotEmpty();
        }
    }
}
