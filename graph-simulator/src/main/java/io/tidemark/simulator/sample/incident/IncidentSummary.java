package io.tidemark.simulator.sample.incident;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an incident really did, for those who hold a difference report against it.
 *
 * @param incident its name
 */
public record IncidentSummary(String incident, List<StepSummary> steps) {

    public IncidentSummary {
        steps = List.copyOf(steps);
    }

    /**
     * What one step did.
     *
     * @param clientId the application that acted
     * @param effects requests that Graph carried out
     * @param refused requests that Graph refused for good
     */
    public record StepSummary(String step, String clientId, List<Effect> effects, List<Effect> refused) {

        public StepSummary {
            effects = List.copyOf(effects);
            refused = List.copyOf(refused);
        }

        /** The objects that were aimed at, each once, in the order of the first effect. */
        public Set<String> objectIds() {
            return effects.stream().map(Effect::objectId).collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    /**
     * One request and its end.
     *
     * @param objectId the object that was selected, or the one that was made
     * @param relatedId the other end, where the step goes over pairs; of a membership, the group
     * @param status 404 after a repeated deletion counts as carried out
     */
    public record Effect(
            String method,
            String path,
            String objectId,
            @Nullable String relatedId,
            int status,
            String clientRequestId) {}

    /** What the step with this name did. */
    public StepSummary step(String name) {
        return steps.stream()
                .filter(step -> step.step().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("incident '" + incident + "' had no step '" + name + "'"));
    }

    /** How many requests were carried out. */
    public int effects() {
        return steps.stream().mapToInt(step -> step.effects().size()).sum();
    }

    /** The same as JSON. */
    public ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode().put("incident", incident);
        var list = json.putArray("steps");
        for (var step : steps) {
            var entry = list.addObject().put("step", step.step()).put("clientId", step.clientId());
            write(step.effects(), entry.putArray("effects"));
            write(step.refused(), entry.putArray("refused"));
        }
        return json;
    }

    private static void write(List<Effect> effects, ArrayNode list) {
        for (var effect : effects) {
            list.addObject()
                    .put("method", effect.method())
                    .put("path", effect.path())
                    .put("objectId", effect.objectId())
                    .put("relatedId", effect.relatedId())
                    .put("status", effect.status())
                    .put("clientRequestId", effect.clientRequestId());
        }
    }
}
