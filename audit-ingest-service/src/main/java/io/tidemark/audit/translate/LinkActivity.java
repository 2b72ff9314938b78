package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Mapping;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Target;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonString;
import java.util.List;
import java.util.Optional;

/**
 * A member or owner was added or removed. The log names the member first; the object that was changed is the group, which is named by a
 * property of the member, by another target, or by both.
 */
record LinkActivity(LinkKind link, Operation operation) implements Activity {

    @Override
    public List<Effect> effects(LoggedEvent event) {
        Optional<Target> changed = namedByProperty(event).or(() -> namedAsTarget(event));
        return changed.map(target -> effect(target, event)).stream().toList();
    }

    private Effect effect(Target changed, LoggedEvent event) {
        List<LoggedTarget> others = event.targets().stream()
                .filter(target -> !target.id().equals(changed.id()))
                .toList();
        return new Effect(
                operation,
                changed,
                others.stream().map(other -> other.related(link.relation())).toList(),
                others.stream().map(this::property).toList(),
                false,
                Mapping.SPECIFIC);
    }

    private LoggedProperty property(LoggedTarget other) {
        JsonString id = new JsonString(other.id());
        return operation == Operation.UNLINK
                ? new LoggedProperty(link.relation(), link.relation(), id, null)
                : new LoggedProperty(link.relation(), link.relation(), null, id);
    }

    private Optional<Target> namedByProperty(LoggedEvent event) {
        for (LoggedTarget target : event.targets()) {
            Modification id = target.find(word() + ".ObjectID");
            String changedId = id == null ? null : id.named();
            if (changedId != null && LoggedTarget.usable(changedId)) {
                Modification name = target.find(word() + ".DisplayName");
                return Optional.of(new Target(link.source().word(), changedId, name == null ? null : name.named()));
            }
        }
        return Optional.empty();
    }

    /** A group within a group: both targets are groups, and the changed one is the last. */
    private Optional<Target> namedAsTarget(LoggedEvent event) {
        ObjectKind source = link.source();
        return event.targets().stream()
                .filter(target -> target.is(source))
                .reduce((first, second) -> second)
                .map(target -> target.as(source.word()));
    }

    private String word() {
        String word = link.source().word();
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
