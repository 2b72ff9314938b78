package io.tidemark.audit.translate;

import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Mapping;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A user's manager was set or removed. The user comes first; the manager is named by a property or by a second target. */
record ManagerActivity(Operation operation) implements Activity {

    private static final String RELATION = LinkKind.USER_MANAGER.relation();
    private static final List<String> PROPERTIES = List.of("Manager.ObjectID", "Manager");

    @Override
    public List<Effect> effects(LoggedEvent event) {
        return event.targets().stream()
                .limit(1)
                .map(user -> effect(user, event.targets()))
                .toList();
    }

    private Effect effect(LoggedTarget user, List<LoggedTarget> targets) {
        Modification logged = PROPERTIES.stream()
                .map(user::find)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        String before = logged == null ? null : logged.before().text();
        String after = logged == null ? null : logged.after().text();
        if (before == null && after == null && targets.size() > 1) {
            String second = targets.get(1).id();
            before = operation == Operation.UNLINK ? second : null;
            after = operation == Operation.UNLINK ? null : second;
        }
        Operation done = before != null && after == null ? Operation.UNLINK : operation;
        return new Effect(
                done,
                user.as(ObjectKind.USER.word()),
                Stream.of(before, after)
                        .filter(Objects::nonNull)
                        .distinct()
                        .map(id -> new Related(RELATION, ObjectKind.USER.word(), id))
                        .toList(),
                List.of(new LoggedProperty(RELATION, RELATION, json(before), json(after))),
                false,
                Mapping.SPECIFIC);
    }

    private static @Nullable JsonValue json(@Nullable String id) {
        return id == null ? null : new JsonString(id);
    }
}
