package io.tidemark.restore.guard;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonValue;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whether a Conditional Access policy, once enforced, could keep the last ones out that must be able to get in. */
final class LockOut {

    private static final String ENABLED = "enabled";

    private final GuardLimits limits;
    private final GuardFacts facts;

    LockOut(GuardLimits limits, GuardFacts facts) {
        this.limits = limits;
        this.facts = facts;
    }

    /** Why the policy must not come to be as given; empty if it may. */
    Optional<String> refusal(JsonObject policy) {
        if (!policy.findString("state").orElse(ENABLED).equals(ENABLED)) {
            return Optional.empty();
        }
        JsonObject conditions = object(policy, "conditions");
        if (conditions.isEmpty()) {
            return Optional.of("whom the policy is for cannot be told");
        }
        if (coversOurselves(object(conditions, "clientApplications"))) {
            return Optional.of("the policy would apply to this system's own service principal");
        }
        return refusalForUsers(object(conditions, "users"));
    }

    private Optional<String> refusalForUsers(JsonObject users) {
        Set<String> includedUsers = texts(users, "includeUsers");
        Set<String> includedGroups = texts(users, "includeGroups");
        boolean wide =
                includedUsers.contains("All") || !texts(users, "includeRoles").isEmpty();
        boolean everybodyOut = texts(users, "excludeUsers").contains("All");
        if (everybodyOut) {
            return Optional.empty();
        }
        if (limits.breakGlass().isEmpty()) {
            return wide
                    ? Optional.of(
                            "the policy would be enforced for all users or for a role, and no break-glass account is configured")
                    : Optional.empty();
        }
        for (String account : limits.breakGlass()) {
            boolean covered = wide || includedUsers.contains(account) || isInAny(account, includedGroups);
            boolean excluded = texts(users, "excludeUsers").contains(account)
                    || isSurelyInAny(account, texts(users, "excludeGroups"));
            if (covered && !excluded) {
                return Optional.of("the policy would be enforced for a break-glass account");
            }
        }
        return Optional.empty();
    }

    private boolean coversOurselves(JsonObject clientApplications) {
        Set<String> included = texts(clientApplications, "includeServicePrincipals");
        Set<String> excluded = texts(clientApplications, "excludeServicePrincipals");
        if (included.contains("ServicePrincipalsInMyTenant")) {
            return !excluded.containsAll(limits.ownAppIds())
                    || limits.ownAppIds().isEmpty();
        }
        return limits.ownAppIds().stream().anyMatch(included::contains);
    }

    private boolean isInAny(String account, Set<String> groups) {
        return !groups.isEmpty()
                && facts.groupsOf(account)
                        .map(known -> known.stream().anyMatch(groups::contains))
                        .orElse(true);
    }

    private boolean isSurelyInAny(String account, Set<String> groups) {
        return facts.groupsOf(account)
                .map(known -> known.stream().anyMatch(groups::contains))
                .orElse(false);
    }

    private static JsonObject object(JsonObject parent, String name) {
        return parent.find(name).orElse(JsonNull.NULL) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    private static Set<String> texts(JsonObject object, String name) {
        Set<String> texts = new HashSet<>();
        if (object.find(name).orElse(JsonNull.NULL) instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                if (element instanceof JsonString text) {
                    texts.add(text.value());
                }
            }
        }
        return texts;
    }
}
