package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Mapping;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.contracts.ChangeRecorded.Target;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A directory role was given to somebody, or taken. The log names principal and role but not the assignment, whose id for the whole
 * tenant is made of the two.
 */
record RoleActivity(Operation operation) implements Activity {

    private static final String ROLE = "role";
    private static final String WHOLE_TENANT = "-1";
    private static final int ID_BYTES = 32;

    @Override
    public List<Effect> effects(LoggedEvent event) {
        for (LoggedTarget principal : event.targets()) {
            Optional<String> role = role(principal).or(() -> roleTarget(event, principal));
            if (!ROLE.equals(principal.type()) && role.isPresent()) {
                return List.of(effect(principal, role.get()));
            }
        }
        return List.of();
    }

    /** The id that Graph gives to the assignment of a role over the whole tenant. */
    static Optional<String> assignmentId(String roleDefinitionId, String principalId) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(ID_BYTES);
            put(bytes, UUID.fromString(roleDefinitionId));
            put(bytes, UUID.fromString(principalId));
            return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array()) + WHOLE_TENANT);
        } catch (IllegalArgumentException noGuid) {
            return Optional.empty();
        }
    }

    private Effect effect(LoggedTarget principal, String role) {
        Target assignment = assignmentId(role, principal.id())
                .map(id -> new Target(ObjectKind.ROLE_ASSIGNMENT.word(), id, principal.name()))
                .orElseGet(() -> principal.as(principal.type() == null ? "directoryObject" : principal.type()));
        return new Effect(
                operation,
                assignment,
                List.of(principal.related("principal"), new Related("roleDefinition", "roleDefinition", role)),
                List.of(property("principalId", principal.id()), property("roleDefinitionId", role)),
                false,
                Mapping.SPECIFIC);
    }

    private LoggedProperty property(String path, String id) {
        @Nullable JsonValue value = new JsonString(id);
        return operation == Operation.DELETE || operation == Operation.HARD_DELETE
                ? new LoggedProperty(path, path, value, null)
                : new LoggedProperty(path, path, null, value);
    }

    private static Optional<String> role(LoggedTarget principal) {
        for (String name : List.of("Role.TemplateId", "Role.ObjectID")) {
            Modification modification = principal.find(name);
            String id = modification == null ? null : modification.named();
            if (id != null && LoggedTarget.usable(id)) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> roleTarget(LoggedEvent event, LoggedTarget principal) {
        return event.targets().stream()
                .filter(target -> target != principal && ROLE.equals(target.type()))
                .map(LoggedTarget::id)
                .findFirst();
    }

    /** In the order of bytes that Microsoft's GUIDs have in memory. */
    private static void put(ByteBuffer bytes, UUID guid) {
        long high = guid.getMostSignificantBits();
        bytes.order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (high >>> 32))
                .putShort((short) (high >>> 16))
                .putShort((short) high);
        bytes.order(ByteOrder.BIG_ENDIAN).putLong(guid.getLeastSignificantBits());
    }
}
