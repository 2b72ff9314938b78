package io.tidemark.simulator.tenant;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the members of dynamic groups as their rules say, where the rule's form is understood. */
final class DynamicMembership {

    private static final String MEMBERS = "members";

    private DynamicMembership() {}

    /** Follows a change of a group's rule. */
    static void settle(TenantWriter writer, Node group) {
        Predicate<Entity> rule = rule(group);
        if (rule == null) {
            return;
        }
        for (Node user : List.copyOf(writer.tenant().after(Kinds.all().get("users"), 0))) {
            if (user.live()) {
                settle(writer, group, user, rule.test(user.entity()));
            }
        }
    }

    /** Follows a change of a user. */
    static void settleFor(TenantWriter writer, Node user) {
        for (Node group : writer.tenant().dynamicGroups()) {
            Predicate<Entity> rule = rule(group);
            if (rule != null) {
                settle(writer, group, user, rule.test(user.entity()));
            }
        }
    }

    private static void settle(TenantWriter writer, Node group, Node user, boolean wanted) {
        if (group.pointsTo(MEMBERS, user) != wanted) {
            writer.links().settle(group, MEMBERS, user, wanted);
        }
    }

    private static @Nullable Predicate<Entity> rule(Node group) {
        Entity entity = group.entity();
        String text = entity.text("membershipRule");
        boolean on = group.live()
                && entity.holds("groupTypes", "DynamicMembership")
                && "On".equals(entity.text("membershipRuleProcessingState"));
        return on && text != null ? MembershipRule.parse(text) : null;
    }
}
