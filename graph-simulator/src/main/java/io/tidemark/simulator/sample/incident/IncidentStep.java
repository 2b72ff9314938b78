package io.tidemark.simulator.sample.incident;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of an incident: what it is aimed at, and the requests that are sent for each target.
 *
 * @param actor the name of the application that acts; absent: whichever the runner was given first
 */
public record IncidentStep(
        String name, String description, @Nullable String actor, Selection selection, List<RequestTemplate> requests) {

    public IncidentStep {
        requests = List.copyOf(requests);
    }

    /**
     * One request, with names in braces.
     *
     * @param body absent: the request has none
     */
    public record RequestTemplate(
            String method, String url, @Nullable JsonNode body) {}

    static IncidentStep parse(JsonNode json) {
        List<RequestTemplate> requests = new ArrayList<>();
        for (var request : json.path("requests")) {
            requests.add(new RequestTemplate(
                    request.path("method").asText(), request.path("url").asText(), request.get("body")));
        }
        return new IncidentStep(
                json.path("name").asText(),
                json.path("description").asText(),
                json.hasNonNull("as") ? json.path("as").asText() : null,
                Selection.parse(json.path("select")),
                requests);
    }
}
