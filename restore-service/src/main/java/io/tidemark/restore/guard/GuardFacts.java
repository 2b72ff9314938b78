package io.tidemark.restore.guard;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the guard has to know of the tenant.
 *
 * @param properties the objects of the plan as they are or, if gone, as they were
 * @param groupsOfBreakGlass the groups that each break-glass account is in, also through other groups; an account that is missing here
 *     counts as a member of every group
 * @param counts how many objects of each kind the tenant has, as far as known
 */
public record GuardFacts(
        Map<ObjectRef, JsonObject> properties,
        Map<String, Set<String>> groupsOfBreakGlass,
        Map<ObjectKind, Long> counts) {

    public GuardFacts {
        properties = Map.copyOf(properties);
        groupsOfBreakGlass = Map.copyOf(groupsOfBreakGlass);
        counts = Map.copyOf(counts);
    }

    JsonObject propertiesOf(ObjectRef object) {
        return properties.getOrDefault(object, JsonObject.EMPTY);
    }

    Optional<Set<String>> groupsOf(String account) {
        return Optional.ofNullable(groupsOfBreakGlass.get(account));
    }
}
