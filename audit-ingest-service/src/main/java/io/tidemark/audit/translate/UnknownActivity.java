package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.Mapping;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Target;
import io.tidemark.directory.ObjectKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An activity without an entry in the table: something happened to every object that it names, and if it names none, to the tenant. */
record UnknownActivity() implements Activity {

    private static final String UNTYPED = "directoryObject";

    @Override
    public List<Effect> effects(LoggedEvent event) {
        Operation operation = operation(event);
        if (event.targets().isEmpty()) {
            Target tenant = new Target("organization", event.tenant().toString(), null);
            return List.of(new Effect(operation, tenant, List.of(), List.of(), false, Mapping.GENERIC));
        }
        return event.targets().stream().map(target -> effect(target, operation)).toList();
    }

    private static Effect effect(LoggedTarget target, Operation operation) {
        String type = target.type() == null ? UNTYPED : target.type();
        return new Effect(
                operation,
                target.as(type),
                List.of(),
                Arrays.stream(ObjectKind.values())
                        .filter(target::is)
                        .findFirst()
                        .map(kind -> LoggedProperties.of(kind, target))
                        .orElseGet(() -> LoggedProperties.ofUnknownKind(target)),
                target.modifications().stream().anyMatch(Modification::cut),
                Mapping.GENERIC);
    }

    private static Operation operation(LoggedEvent event) {
        String word = event.operationType().isBlank()
                ? event.activityKey().split(" ")[0]
                : event.operationType().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "add", "create", "invite", "register" -> Operation.CREATE;
            case "update", "set", "change", "reset", "enable", "disable" -> Operation.UPDATE;
            case "delete", "remove", "unregister" -> Operation.DELETE;
            case "assign" -> Operation.LINK;
            case "unassign" -> Operation.UNLINK;
            default -> Operation.OTHER;
        };
    }
}
