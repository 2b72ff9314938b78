package io.tidemark.restore.plan;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.PropertyClass;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a purged object is created with.
 *
 * @param body what goes into the create
 * @param later what can only be set once the object has its new ids
 * @param open what does not come back
 */
record CreateBody(JsonObject body, JsonObject later, List<OpenPoint> open) {

    private static final Set<String> TOLD_BY_NEW_ID = Set.of(
            "id",
            "appId",
            "createdDateTime",
            "deletedDateTime",
            "securityIdentifier",
            "publisherDomain",
            "appOwnerOrganizationId",
            "appDisplayName",
            "displayName");

    static CreateBody of(ObjectKind kind, StateKey key, JsonObject recorded, IdMap pending) {
        KindDescription description = Catalogue.of(kind);
        JsonObject canonical = Canonicaliser.canonical(kind, recorded);
        Map<String, JsonValue> body = new LinkedHashMap<>();
        Map<String, JsonValue> later = new LinkedHashMap<>();
        List<OpenPoint> open = new ArrayList<>();
        canonical.members().forEach((name, value) -> {
            if (isEmpty(value)) {
                return;
            }
            PropertyClass propertyClass = description.classOf(name);
            if (isCreatable(kind, name, propertyClass)) {
                JsonValue sent = Sendable.value(kind, name, value);
                if (kind == ObjectKind.APPLICATION && name.equals("identifierUris") && pending.mentions(value)) {
                    later.put(name, sent);
                } else if (!isEmpty(sent)) {
                    body.put(name, sent);
                }
            } else {
                notRestored(key, name, propertyClass).ifPresent(open::add);
            }
        });
        if (kind == ObjectKind.ROLE_ASSIGNMENT) {
            body.putIfAbsent("@odata.type", new JsonString("#microsoft.graph.unifiedRoleAssignment"));
        }
        if (kind == ObjectKind.USER) {
            open.add(OpenPoint.of(
                    OpenPoint.Why.MANUAL,
                    key,
                    "passwordProfile",
                    "passwords are not readable: a new one has to be set"));
        }
        return new CreateBody(new JsonObject(body), new JsonObject(later), open);
    }

    private static boolean isCreatable(ObjectKind kind, String name, PropertyClass propertyClass) {
        if (kind == ObjectKind.USER && name.equals("mail")) {
            return false;
        }
        return propertyClass == PropertyClass.WRITABLE || propertyClass == PropertyClass.CREATE_ONLY;
    }

    private static Optional<OpenPoint> notRestored(StateKey key, String name, PropertyClass propertyClass) {
        if (propertyClass == PropertyClass.SPECIAL) {
            return Optional.of(OpenPoint.of(
                    OpenPoint.Why.MANUAL,
                    key,
                    name,
                    "cannot be read or written back: a new one has to be made by hand"));
        }
        return TOLD_BY_NEW_ID.contains(name)
                ? Optional.empty()
                : Optional.of(OpenPoint.of(
                        OpenPoint.Why.UNRESTORABLE,
                        key,
                        name,
                        "is set by Graph or another system and cannot be written"));
    }

    private static boolean isEmpty(JsonValue value) {
        return value.isNull()
                || value instanceof JsonArray array && array.isEmpty()
                || value instanceof JsonObject object && object.isEmpty();
    }
}
