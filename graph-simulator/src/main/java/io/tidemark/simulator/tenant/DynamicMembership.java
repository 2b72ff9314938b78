package io.tidemark.simulator.tenant;

import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the members of dynamic groups and units as their rules say, where the rule's form is understood. */
public final class DynamicMembership {

    private static final String MEMBERS = "members";

    private DynamicMembership() {}

    /** Whether members come from a rule. */
    public static boolean dynamic(Entity entity) {
        return entity.holds("groupTypes", "DynamicMembership")
                || "Dynamic".equalsIgnoreCase(entity.text("membershipType"));
    }

    /** Follows a change of a rule. */
    public static void settle(TenantWriter writer, Node group) {
        Predicate<Entity> rule = rule(group);
        if (rule == null) {
            return;
        }
        for (Node member : List.copyOf(writer.tenant().after(about(group), 0))) {
            if (member.live()) {
                settle(writer, group, member, rule.test(member.entity()));
            }
        }
    }

    /** Follows a change of a user or device. */
    public static void settleFor(TenantWriter writer, Node member) {
        for (Node group : writer.tenant().dynamicGroups()) {
            Predicate<Entity> rule = rule(group);
            if (rule != null && about(group) == member.kind()) {
                settle(writer, group, member, rule.test(member.entity()));
            }
        }
    }

    private static void settle(TenantWriter writer, Node group, Node member, boolean wanted) {
        if (group.pointsTo(MEMBERS, member) != wanted) {
            writer.links().settle(group, MEMBERS, member, wanted);
            if (group.kind().type().equals("administrativeUnit")) {
                Restricted.mark(writer, member);
            }
        }
    }

    /** What the rule speaks of. */
    private static Kind about(Node group) {
        String rule = String.valueOf(group.entity().text("membershipRule")).toLowerCase(Locale.ROOT);
        return Kinds.all().get(rule.contains("device.") && !rule.contains("user.") ? "devices" : "users");
    }

    private static @Nullable Predicate<Entity> rule(Node group) {
        Entity entity = group.entity();
        String text = entity.text("membershipRule");
        boolean on = group.live() && dynamic(entity) && "On".equals(entity.text("membershipRuleProcessingState"));
        return on && text != null ? MembershipRule.parse(text) : null;
    }
}
