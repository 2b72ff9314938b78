package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** The actions and functions by the name that a table gives. */
final class Actions {

    private static final Map<String, KindAction> BY_NAME = new HashMap<>();

    static {
        BY_NAME.put("accept", call -> Outcome.empty(call.table().path("status").asInt(204)));
        BY_NAME.put("all", PlainActions::all);
        BY_NAME.put("value", PlainActions::value);
    }

    private Actions() {}

    static KindAction of(Kind kind, JsonNode table) {
        String name = table.path("does").asText("accept");
        KindAction action = BY_NAME.get(name);
        if (action == null) {
            throw new IllegalStateException("the table of " + kind + " names an unknown action " + name);
        }
        return action;
    }
}
