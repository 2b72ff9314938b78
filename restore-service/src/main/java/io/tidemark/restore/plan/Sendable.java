package io.tidemark.restore.plan;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.util.Map;

/** Brings values as Graph shows them into the form that Graph takes. */
final class Sendable {

    private static final String TYPE = "@odata.type";
    private static final String STRENGTH = "authenticationStrength";

    private Sendable() {}

    /** One property's value to send in a PATCH. */
    static JsonValue value(ObjectKind kind, String property, JsonValue shown) {
        if (kind == ObjectKind.CONDITIONAL_ACCESS_POLICY) {
            if (property.equals("grantControls") && shown instanceof JsonObject controls) {
                return strengthById(controls);
            }
            if (property.equals("sessionControls") && shown instanceof JsonObject controls && isIneffective(controls)) {
                return JsonNull.NULL;
            }
        }
        if (kind == ObjectKind.APPLICATION && property.equals("info") && shown instanceof JsonObject info) {
            return info.without("logoUrl");
        }
        return shown;
    }

    /** A patch that says which sort of named location it is for, which Graph insists on. */
    static JsonObject patch(ObjectKind kind, JsonObject patch, JsonObject live) {
        if (kind == ObjectKind.NAMED_LOCATION && !patch.isEmpty()) {
            return live.findString(TYPE)
                    .map(type -> patch.with(TYPE, new JsonString(type)))
                    .orElse(patch);
        }
        return patch;
    }

    private static JsonObject strengthById(JsonObject controls) {
        if (controls.find(STRENGTH).orElse(JsonNull.NULL) instanceof JsonObject strength) {
            return strength.find("id")
                    .map(id -> controls.with(STRENGTH, new JsonObject(Map.of("id", id))))
                    .orElse(controls);
        }
        return controls;
    }

    private static boolean isIneffective(JsonObject controls) {
        return controls.members().values().stream().allMatch(JsonValue::isNull);
    }
}
