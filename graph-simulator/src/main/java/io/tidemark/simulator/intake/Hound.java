package io.tidemark.simulator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.kind.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Entries {@code {"kind":"AZUser","data":{…}}} as collectors of attack paths write them: ids in capitals, empty texts for what is unset. */
final class Hound {

    private static final JsonNode ENTRIES = Json.resource("intake/hound.json");
    private static final String UNSET_TIME = "0001-01-01T00:00:00Z";

    private final Intake intake;
    private final Tally tally;

    Hound(Intake intake, Tally tally) {
        this.intake = intake;
        this.tally = tally;
    }

    static boolean entry(JsonNode document) {
        return document.path("kind").isTextual()
                && document.has("data")
                && document.path("kind").asText().startsWith("AZ");
    }

    void take(JsonNode document) {
        String name = document.path("kind").asText();
        JsonNode entry = ENTRIES.path(name);
        JsonNode data = document.path("data");
        if (entry.isMissingNode() || !data.isObject()) {
            tally.left("objects of unknown kind (" + name + ")");
            return;
        }
        tidy(data);
        if (!entry.has("of")) {
            Kind kind = Kinds.all().get(entry.path("table").asText());
            Iterable<JsonNode> objects =
                    entry.has("list") ? data.path(entry.path("list").asText()) : List.of(data);
            objects.forEach(object -> one(kind, object));
            return;
        }
        Kind owner = Kinds.all().get(entry.path("of").asText());
        Relation relation = owner.relation(entry.path("relation").asText());
        String by = entry.path("by").asText();
        for (JsonNode item : data.path(entry.path("list").asText())) {
            JsonNode related = item.path(entry.path("item").asText());
            String key = item.path(by).asText(data.path(by).asText());
            if (relation != null && related instanceof ObjectNode object) {
                intake.related(owner, by.equals("appId") ? "appId=" + key : key, relation, typed(object), object);
            }
        }
    }

    private void one(Kind kind, JsonNode object) {
        if (object instanceof ObjectNode node) {
            intake.object(kind, node);
        }
    }

    private static @Nullable Kind typed(ObjectNode object) {
        return TableNames.typed(object.path("@odata.type").asText());
    }

    private static void tidy(JsonNode node) {
        if (node.isArray()) {
            node.forEach(Hound::tidy);
        } else if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.path(name);
                tidy(value);
                String text = value.asText();
                if (value.isTextual() && (text.isEmpty() || text.equals(UNSET_TIME))
                        || value.isObject() && value.isEmpty()) {
                    object.remove(name);
                } else if (value.isTextual() && Place.guid(text)) {
                    object.put(name, text.toLowerCase(Locale.ROOT));
                }
            }
        }
    }
}
