package io.tidemark.restore.plan;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonBoolean;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import java.util.Optional;
import java.util.Set;

/** Who has the say over an object: some are mastered elsewhere, and Graph refuses to write them. */
final class Mastery {

    private static final Set<String> CLOUD_PROPERTIES_OF_SYNCED_USERS = Set.of("usageLocation");

    private Mastery() {}

    /** Why the property cannot be written; empty if it can. */
    static Optional<String> refusal(ObjectKind kind, JsonObject live, String property) {
        if (isSynced(live) && !property.startsWith("extension_") && !isCloudProperty(kind, property)) {
            return Optional.of("is mastered on premises");
        }
        return kind == ObjectKind.GROUP && isExchangeGroup(live)
                ? Optional.of("mail-enabled security groups and distribution lists are read-only in Graph")
                : Optional.empty();
    }

    /** Why members and owners of the group cannot be written; empty if they can. */
    static Optional<String> linkRefusal(JsonObject group) {
        if (isSynced(group)) {
            return Optional.of("the group is mastered on premises");
        }
        return isExchangeGroup(group)
                ? Optional.of("mail-enabled security groups and distribution lists are read-only in Graph")
                : Optional.empty();
    }

    static boolean isDynamic(JsonObject group) {
        return group.find("groupTypes").orElse(JsonArray.EMPTY) instanceof JsonArray types
                && types.elements().contains(new JsonString("DynamicMembership"));
    }

    static boolean isSynced(JsonObject properties) {
        return properties.find("onPremisesSyncEnabled").orElse(JsonBoolean.FALSE) == JsonBoolean.TRUE;
    }

    private static boolean isCloudProperty(ObjectKind kind, String property) {
        return kind == ObjectKind.USER && CLOUD_PROPERTIES_OF_SYNCED_USERS.contains(property);
    }

    private static boolean isExchangeGroup(JsonObject group) {
        boolean mailEnabled = group.find("mailEnabled").orElse(JsonBoolean.FALSE) == JsonBoolean.TRUE;
        boolean unified = group.find("groupTypes").orElse(JsonArray.EMPTY) instanceof JsonArray types
                && types.elements().contains(new JsonString("Unified"));
        return mailEnabled && !unified;
    }
}
