package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Mapping;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.comparison.ObjectDiffer;
import io.tidemark.directory.json.JsonObject;
import java.util.List;

/** A policy object was made, changed or deleted; the log has its whole JSON before and after. */
record PolicyActivity(ObjectKind kind, Operation operation) implements Activity {

    @Override
    public List<Effect> effects(LoggedEvent event) {
        return event.targets().stream().limit(1).map(this::effect).toList();
    }

    private Effect effect(LoggedTarget target) {
        return new Effect(
                operation,
                target.as(kind.word()),
                List.of(),
                properties(target),
                target.modifications().stream().anyMatch(Modification::cut),
                Mapping.SPECIFIC);
    }

    private List<LoggedProperty> properties(LoggedTarget target) {
        for (Modification modification : target.modifications()) {
            boolean whole = modification.before().value() instanceof JsonObject
                    || modification.after().value() instanceof JsonObject;
            if (whole && !modification.cut()) {
                return ObjectDiffer.diff(kind, document(modification.before()), document(modification.after())).stream()
                        .map(change ->
                                new LoggedProperty(change.path(), change.path(), change.before(), change.after()))
                        .toList();
            }
        }
        return LoggedProperties.of(kind, target);
    }

    private static JsonObject document(LoggedValue value) {
        return value.value() instanceof JsonObject object ? object : JsonObject.EMPTY;
    }
}
