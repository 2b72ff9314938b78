package io.tidemark.restore.plan;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.directory.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes steps as JSON and reads them back: the form that is journalled and hashed. */
public final class StepText {

    private StepText() {}

    public static String text(RestoreStep step) {
        return new String(JsonText.bytes(json(step)), StandardCharsets.UTF_8);
    }

    /** Reads a step back. */
    public static RestoreStep parse(String text) {
        JsonObject json = JsonText.parseObject(text);
        String operation = string(json, "op");
        return switch (operation) {
            case "undelete" -> new RestoreStep.Undelete(object(json));
            case "create" ->
                new RestoreStep.Create(
                        object(json),
                        body(json, "body"),
                        json.findString("appId").orElse(null));
            case "patch" -> new RestoreStep.PatchProperties(object(json), body(json, "patch"), body(json, "before"));
            case "set-manager" ->
                new RestoreStep.SetManager(
                        object(json),
                        new ObjectId(string(json, "manager")),
                        json.findString("before").map(ObjectId::new).orElse(null));
            case "remove-manager" -> new RestoreStep.RemoveManager(object(json), new ObjectId(string(json, "before")));
            case "add-links" ->
                new RestoreStep.AddLinks(
                        LinkKind.parse(string(json, "link")),
                        new ObjectId(string(json, "id")),
                        targets(json),
                        RestoreStep.AddLinks.Reading.valueOf(string(json, "reading")));
            case "remove-link" ->
                new RestoreStep.RemoveLink(
                        LinkKind.parse(string(json, "link")),
                        new ObjectId(string(json, "id")),
                        new ObjectId(string(json, "target")));
            case "soft-delete" -> new RestoreStep.SoftDelete(object(json));
            default -> throw new IllegalArgumentException("no step is called '" + operation + "'");
        };
    }

    private static JsonObject json(RestoreStep step) {
        Map<String, JsonValue> json = new LinkedHashMap<>();
        json.put("op", new JsonString(step.operation()));
        json.put("type", new JsonString(step.object().kind().word()));
        json.put("id", new JsonString(step.object().id().value()));
        if (step instanceof RestoreStep.Create create) {
            json.put("body", create.body());
            if (create.appId() != null) {
                json.put("appId", new JsonString(create.appId()));
            }
        } else if (step instanceof RestoreStep.PatchProperties patch) {
            json.put("patch", patch.patch());
            json.put("before", patch.before());
        } else if (step instanceof RestoreStep.SetManager manager) {
            json.put("manager", new JsonString(manager.manager().value()));
            if (manager.before() != null) {
                json.put("before", new JsonString(manager.before().value()));
            }
        } else if (step instanceof RestoreStep.RemoveManager manager) {
            json.put("before", new JsonString(manager.before().value()));
        } else if (step instanceof RestoreStep.AddLinks links) {
            json.put("link", new JsonString(links.kind().word()));
            json.put(
                    "targets",
                    JsonArray.ofStrings(
                            links.targets().stream().map(ObjectId::value).toList()));
            json.put("reading", new JsonString(links.reading().name()));
        } else if (step instanceof RestoreStep.RemoveLink link) {
            json.put("link", new JsonString(link.kind().word()));
            json.put("target", new JsonString(link.target().value()));
        }
        return new JsonObject(json);
    }

    private static ObjectRef object(JsonObject json) {
        return ObjectRef.of(ObjectKind.parse(string(json, "type")), string(json, "id"));
    }

    private static JsonObject body(JsonObject json, String name) {
        if (json.find(name).orElse(null) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("step has no object called '" + name + "'");
    }

    private static String string(JsonObject json, String name) {
        return json.findString(name)
                .orElseThrow(() -> new IllegalArgumentException("step has no text called '" + name + "'"));
    }

    private static List<ObjectId> targets(JsonObject json) {
        if (json.find("targets").orElse(null) instanceof JsonArray array) {
            return array.elements().stream()
                    .map(element -> new ObjectId(((JsonString) element).value()))
                    .toList();
        }
        throw new IllegalArgumentException("step has no targets");
    }
}
