package io.tidemark.simulator.sample.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something bad that happens to a tenant, step by step.
 *
 * @param name how it is asked for
 * @param parameters values that steps refer to by name in braces
 */
public record Incident(String name, String description, Map<String, String> parameters, List<IncidentStep> steps) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Incident {
        parameters = Map.copyOf(parameters);
        steps = List.copyOf(steps);
    }

    /** The names of the incidents that come with the samples. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        resource("index").forEach(name -> names.add(name.asText()));
        return List.copyOf(names);
    }

    /** An incident that comes with the samples. */
    public static Incident named(String name) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException("there is no incident '" + name + "': " + String.join(", ", names()));
        }
        return parse(resource(name));
    }

    /** Reads an incident that is written elsewhere. */
    public static Incident parse(JsonNode json) {
        Map<String, String> parameters = new LinkedHashMap<>();
        json.path("parameters")
                .properties()
                .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
        List<IncidentStep> steps = new ArrayList<>();
        json.path("steps").forEach(step -> steps.add(IncidentStep.parse(step)));
        if (!json.path("name").isTextual() || steps.isEmpty()) {
            throw new IllegalArgumentException("an incident has a name and at least one step");
        }
        return new Incident(json.path("name").asText(), json.path("description").asText(), parameters, steps);
    }

    /** The same incident with another value of a parameter. */
    public Incident with(String parameter, String value) {
        if (!parameters.containsKey(parameter)) {
            throw new IllegalArgumentException("incident '" + name + "' has no parameter '" + parameter + "'");
        }
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(parameter, value);
        return new Incident(name, description, changed, steps);
    }

    private static JsonNode resource(String name) {
        try (var stream = Incident.class.getResourceAsStream(name + ".json")) {
            if (stream == null) {
                throw new IllegalArgumentException("the incident '" + name + "' is not part of this build");
            }
            return JSON.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("the incident '" + name + "' is not readable", e);
        }
    }
}
