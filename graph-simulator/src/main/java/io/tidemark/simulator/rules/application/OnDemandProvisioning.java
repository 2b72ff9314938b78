package io.tidemark.simulator.rules.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Map;

/** Provisions single objects at once: by the mappings of the job's schema, and only if something changed. */
final class OnDemandProvisioning {

    private OnDemandProvisioning() {}

    static Outcome run(TenantWriter writer, Node job, ObjectNode body) {
        JsonNode parameter = body.path("parameters").path(0);
        JsonNode subject = parameter.path("subjects").path(0);
        Node source = writer.tenant().findAny(subject.path("objectId").asText());
        if (source == null || !source.live()) {
            throw GraphRefusal.notFound(subject.path("objectId").asText());
        }
        JsonNode rule = rule(job, parameter.path("ruleId").asText());
        ArrayNode modified = Json.array();
        for (JsonNode mapping : rule.path("objectMappings")) {
            boolean same = mapping.path("sourceObjectName")
                    .asText()
                    .equalsIgnoreCase(
                            subject.path("objectTypeName").asText(source.kind().type()));
            for (JsonNode attribute : same ? mapping.path("attributeMappings") : Json.array()) {
                modify(modified, attribute, source);
            }
        }
        ObjectNode done =
                job.entity().get("provisioned") instanceof ObjectNode object ? object.deepCopy() : Json.object();
        JsonNode before = done.get(source.id());
        boolean redundant = modified.equals(before);
        boolean first = before == null;
        done.set(source.id(), modified);
        writer.change(job, Map.of("provisioned", done), null);
        return Outcome.value("microsoft.graph.stringKeyStringValuePair", told(writer, redundant, first, modified));
    }

    private static JsonNode rule(Node job, String id) {
        for (Node schema : job.targets("schema")) {
            JsonNode rules = schema.entity().get("synchronizationRules");
            for (JsonNode rule : rules == null ? Json.array() : rules) {
                if (id.equalsIgnoreCase(rule.path("id").asText())) {
                    return rule;
                }
            }
        }
        throw GraphRefusal.badRequest("The schema of the job has no rule '" + id + "'.");
    }

    private static void modify(ArrayNode modified, JsonNode attribute, Node source) {
        MappingExpression expression = MappingExpression.parse(
                attribute.path("source").path("expression").asText());
        JsonNode value =
                expression == null ? null : expression.evaluate(source.entity().toJson());
        if (value != null && !value.isNull()) {
            ObjectNode one = modified.addObject();
            one.put("displayName", attribute.path("targetAttributeName").asText());
            one.putNull("oldValue");
            one.put("newValue", value.asText());
        }
    }

    private static ObjectNode told(TenantWriter writer, boolean redundant, boolean first, ArrayNode modified) {
        ObjectNode key = Json.object();
        key.put("result", redundant ? "Skipped" : "Success");
        if (redundant) {
            key.putObject("details")
                    .put("errorCode", "RedundantExport")
                    .put("errorMessage", "The state of the user in both the source and target systems already match.");
        }
        ObjectNode value = Json.object();
        value.put("action", redundant ? "Other" : first ? "Create" : "Update");
        value.put("changeId", writer.tenant().newId());
        value.set("endTime", Json.time(writer.context().time()));
        value.set("modifiedProperties", redundant ? Json.array() : modified);
        ObjectNode answer = Json.object();
        answer.put("key", Json.write(key));
        answer.put("value", Json.write(value));
        return answer;
    }
}
