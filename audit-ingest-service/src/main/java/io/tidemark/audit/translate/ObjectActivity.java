package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Mapping;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.directory.ObjectKind;
import java.util.List;

/**
 * An object was made, changed, deleted or put back.
 *
 * @param kind the object's kind
 * @param operation what was done
 * @param implied what the activity's name itself says of properties
 */
record ObjectActivity(ObjectKind kind, Operation operation, List<LoggedProperty> implied) implements Activity {

    @Override
    public List<Effect> effects(LoggedEvent event) {
        List<LoggedTarget> changed =
                event.targets().stream().filter(target -> target.is(kind)).toList();
        if (changed.isEmpty()) {
            changed = event.targets().stream()
                    .filter(target -> target.type() == null)
                    .limit(1)
                    .toList();
        }
        return changed.stream().map(this::effect).toList();
    }

    private Effect effect(LoggedTarget target) {
        List<LoggedProperty> properties = LoggedProperties.of(kind, target);
        return new Effect(
                operation,
                target.as(kind.word()),
                List.of(),
                properties.isEmpty() ? implied : properties,
                target.modifications().stream().anyMatch(Modification::cut),
                Mapping.SPECIFIC);
    }
}
