package io.tidemark.restore.plan;

import io.tidemark.contracts.RestoreOptions;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.PropertyClass;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans what one object needs. */
final class ObjectPlanner {

    private final RestoreOptions options;
    private final PropertyPlanner properties;
    private final IdMap pending;

    ObjectPlanner(RestoreOptions options, SelectionFilter filter, IdMap pending) {
        this.options = options;
        this.properties = new PropertyPlanner(filter, options.conflict());
        this.pending = pending;
    }

    void plan(WantedState wanted, Fate fate, LiveObject live, Draft draft) {
        ObjectRef object = wanted.object().orElseThrow();
        switch (fate) {
            case PATCH -> patch(wanted, object, propertiesOf(live), draft);
            case UNDELETE -> {
                draft.add(
                        isPolicy(object) ? Phase.UNDELETE_POLICIES : Phase.UNDELETE, new RestoreStep.Undelete(object));
                patch(wanted, object, propertiesOf(live), draft);
            }
            case CREATE -> create(wanted, object, draft);
            case LOST -> draft.open(lost(wanted, live));
            case DELETE -> delete(wanted, object, propertiesOf(live), draft);
            case KEEP ->
                draft.open(OpenPoint.of(
                        OpenPoint.Why.KEPT, wanted.recordedKey(), "", "was made since the baseline and is kept"));
            case NONE -> {}
        }
    }

    /** Puts in the new ids where an object that stays speaks of one that is created anew. */
    void follow(ObjectRef object, JsonObject live, Set<String> alreadySent, Draft draft) {
        Map<String, JsonValue> patch = new LinkedHashMap<>();
        Map<String, JsonValue> before = new LinkedHashMap<>();
        live.members().forEach((name, value) -> {
            PropertyClass propertyClass = Catalogue.of(object.kind()).classOf(name);
            if (alreadySent.contains(name) || !pending.mentions(value)) {
                return;
            }
            if (propertyClass == PropertyClass.WRITABLE) {
                patch.put(name, Sendable.value(object.kind(), name, value));
                before.put(name, value);
            } else if (propertyClass == PropertyClass.CREATE_ONLY) {
                draft.open(
                        OpenPoint.of(
                                OpenPoint.Why.MANUAL,
                                object.key(),
                                name,
                                "names what is created anew and cannot be changed: it has to be replaced by one with the new id"));
            }
        });
        if (!patch.isEmpty()) {
            draft.add(
                    phaseOf(object),
                    new RestoreStep.PatchProperties(object, new JsonObject(patch), new JsonObject(before)));
            patch.keySet()
                    .forEach(name -> draft.open(OpenPoint.of(
                            OpenPoint.Why.NEW_ID,
                            object.key(),
                            name,
                            "follows to the new id of what was created anew")));
        }
    }

    private void patch(WantedState wanted, ObjectRef object, JsonObject live, Draft draft) {
        JsonObject body = wanted.body() == null ? JsonObject.EMPTY : wanted.body();
        if (isPolicy(object)) {
            JsonObject asked = PolicyRules.wanted(body, live, options.conditionalAccessState());
            if (!asked.equals(body)) {
                draft.open(PolicyRules.reportOnly(wanted));
            }
            body = asked;
        }
        PropertyPlanner.Outcome outcome = properties.plan(wanted, body, live);
        draft.open(outcome.open());
        if (!outcome.before().isEmpty()) {
            JsonObject disabling = withdrawnEntitlementsDisabled(object, live, outcome.patch());
            if (!disabling.isEmpty()) {
                JsonObject before = new JsonObject(only(live, disabling.names()));
                draft.add(Phase.PREPARE, new RestoreStep.PatchProperties(object, disabling, before));
            }
            draft.add(phaseOf(object), new RestoreStep.PatchProperties(object, outcome.patch(), outcome.before()));
        }
    }

    private void create(WantedState wanted, ObjectRef object, Draft draft) {
        JsonObject body = wanted.body() == null ? JsonObject.EMPTY : wanted.body();
        if (isPolicy(object)) {
            JsonObject asked = PolicyRules.wanted(body, JsonObject.EMPTY, options.conditionalAccessState());
            if (!asked.equals(body)) {
                draft.open(PolicyRules.reportOnly(wanted));
            }
            body = asked;
        }
        String appId = object.kind() == ObjectKind.APPLICATION
                ? body.findString("appId").orElse(null)
                : null;
        CreateBody create = CreateBody.of(object.kind(), wanted.recordedKey(), body, pending);
        draft.add(createPhase(object), new RestoreStep.Create(object, create.body(), appId));
        draft.open(OpenPoint.of(
                OpenPoint.Why.NEW_ID, wanted.recordedKey(), "", "was purged and is created anew with a new id"));
        draft.open(create.open());
        if (!create.later().isEmpty()) {
            Map<String, JsonValue> before = new LinkedHashMap<>();
            create.later().names().forEach(name -> before.put(name, JsonArray.EMPTY));
            draft.add(Phase.PATCH, new RestoreStep.PatchProperties(object, create.later(), new JsonObject(before)));
        }
    }

    private static OpenPoint lost(WantedState wanted, LiveObject live) {
        String reason = live instanceof LiveObject.Binned
                ? "is in the recycle bin, and only properties or links were selected"
                : Fate.uncreatable(wanted).orElse("is gone, and creating anew was not asked for");
        return OpenPoint.of(OpenPoint.Why.UNRESTORABLE, wanted.recordedKey(), "", reason);
    }

    private static void delete(WantedState wanted, ObjectRef object, JsonObject live, Draft draft) {
        if (Mastery.isSynced(live)) {
            draft.open(OpenPoint.of(
                    OpenPoint.Why.UNRESTORABLE,
                    wanted.recordedKey(),
                    "",
                    "is mastered on premises and cannot be deleted"));
            return;
        }
        if (object.kind() == ObjectKind.NAMED_LOCATION
                && live.find("isTrusted").orElse(JsonNull.NULL) == JsonBoolean.TRUE) {
            JsonObject patch = Sendable.patch(
                    object.kind(),
                    new JsonObject(only(live, Set.of("ipRanges"))).with("isTrusted", JsonBoolean.FALSE),
                    live);
            draft.add(
                    Phase.PREPARE,
                    new RestoreStep.PatchProperties(
                            object, patch, new JsonObject(only(live, Set.of("ipRanges", "isTrusted")))));
        }
        draft.add(Phase.DELETE, new RestoreStep.SoftDelete(object));
    }

    /** An enabled role or scope cannot be taken away: it is disabled first, in a request of its own. */
    private static JsonObject withdrawnEntitlementsDisabled(ObjectRef object, JsonObject live, JsonObject patch) {
        Map<String, JsonValue> disabling = new LinkedHashMap<>();
        if (object.kind() == ObjectKind.APPLICATION) {
            if (patch.find("appRoles").orElse(JsonNull.NULL) instanceof JsonArray wanted
                    && live.find("appRoles").orElse(JsonNull.NULL) instanceof JsonArray now) {
                JsonArray disabled = disabledWhereMissing(now, wanted);
                if (!disabled.equals(now)) {
                    disabling.put("appRoles", disabled);
                }
            }
            if (patch.find("api").orElse(JsonNull.NULL) instanceof JsonObject wanted
                    && live.find("api").orElse(JsonNull.NULL) instanceof JsonObject now) {
                JsonArray scopes = array(now, "oauth2PermissionScopes");
                JsonArray disabled = disabledWhereMissing(scopes, array(wanted, "oauth2PermissionScopes"));
                if (!disabled.equals(scopes)) {
                    disabling.put("api", now.with("oauth2PermissionScopes", disabled));
                }
            }
        }
        return new JsonObject(disabling);
    }

    private static JsonArray disabledWhereMissing(JsonArray now, JsonArray wanted) {
        Set<String> kept = new java.util.HashSet<>();
        wanted.elements().forEach(element -> id(element).ifPresent(kept::add));
        List<JsonValue> result = new ArrayList<>();
        for (JsonValue element : now.elements()) {
            boolean stays = id(element).map(kept::contains).orElse(true);
            result.add(stays ? element : ((JsonObject) element).with("isEnabled", JsonBoolean.FALSE));
        }
        return new JsonArray(result);
    }

    private static java.util.Optional<String> id(JsonValue element) {
        return element instanceof JsonObject object ? object.findString("id") : java.util.Optional.empty();
    }

    private static JsonArray array(JsonObject object, String name) {
        return object.find(name).orElse(JsonArray.EMPTY) instanceof JsonArray array ? array : JsonArray.EMPTY;
    }

    private static Map<String, JsonValue> only(JsonObject object, Set<String> names) {
        Map<String, JsonValue> kept = new LinkedHashMap<>();
        names.forEach(name -> object.find(name).ifPresent(value -> kept.put(name, value)));
        return kept;
    }

    private static JsonObject propertiesOf(LiveObject live) {
        if (live instanceof LiveObject.Present present) {
            return present.properties();
        }
        return live instanceof LiveObject.Binned binned ? binned.properties() : JsonObject.EMPTY;
    }

    private static boolean isPolicy(ObjectRef object) {
        return object.kind() == ObjectKind.CONDITIONAL_ACCESS_POLICY;
    }

    private static Phase phaseOf(ObjectRef object) {
        return isPolicy(object) ? Phase.POLICIES : Phase.PATCH;
    }

    private static Phase createPhase(ObjectRef object) {
        return switch (object.kind()) {
            case CONDITIONAL_ACCESS_POLICY -> Phase.POLICIES;
            case ROLE_ASSIGNMENT -> Phase.ROLES;
            default -> Phase.CREATE;
        };
    }
}
