package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the simulator against the requests of Graph's documentation and their answers. */
class DocumentedAnswersTest {

    private static final String CLIENT = "33333333-cccc-4ccc-8ccc-333333333333";
    private static final String SECRET = "s3cret";

    private static Path file;
    private static Box box;
    private static Set<String> permissions;

    @BeforeAll
    static void open() {
        file = Path.of(System.getProperty("reference.data", ""), "graph-v1.0-documented-responses.json");
        assumeThat(Files.exists(file))
                .as("reference.data names a folder with the requests of Graph's documentation")
                .isTrue();
        box = Box.open();
        permissions = Permissions.all();
    }

    @AfterAll
    static void close() {
        if (box != null) {
            box.close();
        }
    }

    @Test
    void everyDocumentedRequestIsAnsweredOrListedWithItsReason() {
        JsonNode preparations = resource("preparations.json");
        Set<String> unchecked = new LinkedHashSet<>();
        preparations.path("unchecked").forEach(name -> unchecked.add(name.asText()));
        Map<String, String> excused = new LinkedHashMap<>();
        resource("unanswered.json")
                .forEach(one -> excused.put(
                        one.path("request").asText(), one.path("reason").asText()));
        List<String> broken = new ArrayList<>();
        List<String> mended = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        Map<String, int[]> counts = new TreeMap<>();
        List<DocumentedPair> pairs = DocumentedPair.read(file, resource("selection.json"));
        for (DocumentedPair pair : pairs) {
            int nth = seen.merge(pair.name(), 1, Integer::sum);
            String fault = fault(pair, nth, preparations, unchecked);
            if (fault != null) {
                faults.add(pair.name() + "  ->  " + fault);
            }
            int[] count = counts.computeIfAbsent(pair.steps().get(0).replaceAll("\\(.*", ""), k -> new int[2]);
            count[0]++;
            count[1] += fault == null ? 1 : 0;
            if (fault != null && !excused.containsKey(pair.name())) {
                broken.add(pair.name() + "  ->  " + fault);
            } else if (fault == null && excused.containsKey(pair.name())) {
                mended.add(pair.name());
            }
        }
        int answered = counts.values().stream().mapToInt(c -> c[1]).sum();
        System.out.printf(
                "documented requests %d, answered as documented %d (%.2f %%)%n",
                pairs.size(), answered, 100.0 * answered / pairs.size());
        counts.forEach((root, count) -> System.out.printf("  %-28s %4d of %4d%n", root, count[1], count[0]));

        write(faults);
        assertThat(broken).as("requests that are not answered as documented").isEmpty();
        assertThat(mended)
                .as("requests that are listed as unanswered and are answered")
                .isEmpty();
        assertThat(excused).allSatisfy((request, reason) -> assertThat(reason).isNotBlank());
    }

    /** For whoever mends: what stands in the way of each unanswered request. */
    private static void write(List<String> faults) {
        try {
            Files.write(Path.of("target", "unanswered-requests.txt"), faults);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fault(DocumentedPair pair, int nth, JsonNode preparations, Set<String> unchecked) {
        UUID id = UUID.fromString(DocumentedPair.id(pair.name() + nth));
        Tenant tenant = box.simulator.addTenant(id);
        DocumentedState state;
        String body;
        try {
            state = new DocumentedState(pair, preparations);
            body = state.request();
            tenant.load(state);
        } catch (IllegalArgumentException | IllegalStateException | NullPointerException | ClassCastException e) {
            return "cannot be prepared: " + e;
        }
        tenant.register(ClientRegistration.withSecret(CLIENT, "documented", SECRET, permissions));
        boolean user = pair.steps().get(0).equals("me") || pair.url().contains("filterByCurrentUser");
        GraphClient graph =
                new GraphClient(box.simulator.graphUrl(), GraphClient.token(box.simulator, id, CLIENT, SECRET, user));
        // Only with this preference is something made by its alternate key.
        String[] headers = pair.method().equals("PATCH") && pair.status() == 201
                ? new String[] {"Prefer", "create-if-missing"}
                : new String[0];
        Answer answer = graph.raw(pair.method(), pair.target(), body, headers);
        if (answer.status() == 403 && !user) {
            // Some things only a signed-in user may do.
            graph = new GraphClient(
                    box.simulator.graphUrl(), GraphClient.token(box.simulator, id, CLIENT, SECRET, true));
            answer = graph.raw(pair.method(), pair.target(), body, headers);
        }
        if (answer.status() != pair.status()) {
            return answer.status() + " instead of " + pair.status() + " " + answer.message();
        }
        List<String> faults = new ArrayList<>();
        // Streams are documented as an object without members.
        boolean stream = pair.body().isEmpty()
                && answer.body().isMissingNode()
                && pair.method().equals("GET");
        if (pair.body().isObject() && pair.status() < 202 && !stream) {
            JsonNode listed = pair.body().path("value");
            boolean one =
                    listed.isArray() && listed.size() == 1 && !answer.body().has("value");
            new DocumentedShape(unchecked, state::declares)
                    .compare(one ? listed.get(0) : pair.body(), answer.body(), "", faults);
        }
        return faults.isEmpty() ? null : String.join("; ", faults);
    }

    private static JsonNode resource(String name) {
        try (InputStream in = DocumentedAnswersTest.class.getResourceAsStream("/documented/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
