package io.tidemark.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.localstack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a tenant was like at a moment, as the history says. */
final class RecordedTenant {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    // So many objects are answered in any case; of more, only those that have changed since.
    private static final int MOST_NAMED = 1000;

    private final Map<String, JsonNode> bodies = new TreeMap<>();

    private RecordedTenant() {}

    /** Asks what was there of these keys; of others nothing is known. */
    static RecordedTenant at(LocalStack stack, String moment, Collection<String> keys) {
        RecordedTenant recorded = new RecordedTenant();
        URI address = URI.create(stack.console() + "/api/v1/tenants/" + stack.tenant() + "/wanted-states");
        HttpClient client = HttpClient.newHttpClient();
        List<String> all = List.copyOf(keys);
        try {
            for (int start = 0; start < all.size(); start += MOST_NAMED) {
                List<String> some = all.subList(start, Math.min(start + MOST_NAMED, all.size()));
                HttpRequest request = HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofMinutes(2))
                        .POST(HttpRequest.BodyPublishers.ofString(question(moment, some)))
                        .build();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException("the question was answered with " + answer.statusCode());
                }
                recorded.take(answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("the history could not be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return recorded;
    }

    private static String question(String moment, List<String> keys) {
        ObjectNode question = MAPPER.createObjectNode().put("moment", moment);
        ArrayNode objects = question.putObject("selection").putArray("objects");
        for (String key : keys) {
            int bar = key.indexOf('|');
            objects.addObject().put("type", key.substring(0, bar)).put("id", key.substring(bar + 1));
        }
        return question.toString();
    }

    private void take(String lines) throws IOException {
        boolean whole = false;
        for (String line : lines.split("\n", -1)) {
            JsonNode state = line.isEmpty() ? MAPPER.createObjectNode() : MAPPER.readTree(line);
            whole |= state.path("end").asBoolean();
            if (state.path("wanted").asText().equals("PRESENT")) {
                bodies.put(state.path("type").asText() + "|" + state.path("id").asText(), state.path("body"));
            }
        }
        if (!whole) {
            throw new IllegalStateException("the history's answer was cut off");
        }
    }

    /** The keys {@code type|id} of all that was there. */
    Set<String> keys() {
        return bodies.keySet();
    }

    /** What an object was like; a missing node if it was not there. */
    JsonNode body(String key) {
        return bodies.getOrDefault(key, MissingNode.getInstance());
    }
}
