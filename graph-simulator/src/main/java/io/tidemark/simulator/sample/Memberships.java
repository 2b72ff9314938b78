package io.tidemark.simulator.sample;

import io.tidemark.simulator.tenant.NumberedLinks;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.Arrays;
import java.util.List;

/** Tells who is in which group and who owns it. */
final class Memberships {

    private static final String GROUPS = "groups";
    private static final String MEMBERS = "members";
    private static final String OWNERS = "owners";

    private final long seed;
    private final SampleIds ids;
    private final TenantShape shape;
    private final Staff staff;
    private final GroupLayout layout;

    Memberships(long seed, SampleIds ids, TenantShape shape, Staff staff, GroupLayout layout) {
        this.seed = seed;
        this.ids = ids;
        this.shape = shape;
        this.staff = staff;
        this.layout = layout;
    }

    void emit(SeedSink sink) {
        var groupIds = new String[layout.groups()];
        Arrays.setAll(groupIds, ids::group);
        sink.links(new NumberedLinks(
                new NumberedLinks.Numbered(GROUPS, number -> groupIds[number]),
                MEMBERS,
                new NumberedLinks.Numbered("users", ids::user),
                Staff.HEAD,
                staff.users(),
                this::tellOf));
        emitFixed(groupIds, sink);
        emitSynced(groupIds, sink);
        emitNested(groupIds, sink);
        emitOwners(groupIds, sink);
    }

    /** The numbers of the assigned groups that a user is in: low ones have many members, high ones few. */
    int[] assignedGroupsOf(int user) {
        if (!staff.isMember(user) && !staff.isGuest(user)) {
            return new int[0];
        }
        var dice = new Dice(seed, "memberships", user);
        var wanted = staff.isGuest(user) ? dice.below(3) : sellersAlike(user, dice);
        var found = new int[Math.min(wanted, layout.assigned())];
        for (var i = 0; i < found.length; i++) {
            var candidate = layout.firstAssigned() + dice.ranked(layout.assigned());
            while (contains(found, i, candidate)) {
                candidate = candidate + 1 < layout.groups() ? candidate + 1 : layout.firstAssigned();
            }
            found[i] = candidate;
        }
        return found;
    }

    private int sellersAlike(int user, Dice dice) {
        return staff.sells(user)
                ? dice.between(2, 6)
                : dice.between(shape.fewestMemberships(), shape.mostMemberships());
    }

    private void tellOf(int user, NumberedLinks.Taker taker) {
        for (var group : assignedGroupsOf(user)) {
            taker.take(group, user);
        }
        if (staff.isMember(user)) {
            for (var group : layout.matching(staff.departmentIndex(user), staff.placeIndex(user))) {
                taker.take(group, user);
            }
        } else {
            var matching = staff.isGuest(user)
                    ? layout.matchingGuest()
                    : user == Staff.HEAD ? layout.matchingPlace(staff.placeIndex(user)) : List.<Integer>of();
            for (var group : matching) {
                taker.take(group, user);
            }
        }
    }

    private void emitFixed(String[] groupIds, SeedSink sink) {
        for (var user = 0; user < Staff.BREAK_GLASS; user++) {
            sink.linkLater(GROUPS, groupIds[GroupLayout.EMERGENCY_ACCESS], MEMBERS, ids.user(user));
        }
        sink.linkLater(GROUPS, groupIds[GroupLayout.SYNCHRONIZATION], MEMBERS, ids.user(Staff.SYNCHRONIZATION));
        emitDepartment(groupIds[GroupLayout.ADMINISTRATORS], Departments.IT, 0, 5, sink);
        emitDepartment(groupIds[GroupLayout.EXCLUSION], Departments.IT, 5, 3, sink);
        emitDepartment(groupIds[GroupLayout.FRAUD_DESK], Departments.FINANCE, 0, 25, sink);
    }

    private void emitDepartment(String groupId, int department, int first, int count, SeedSink sink) {
        for (var rank = first; rank < first + count; rank++) {
            var member = staff.memberOf(department, rank);
            if (staff.isMember(member)) {
                sink.linkLater(GROUPS, groupId, MEMBERS, ids.user(member));
            }
        }
    }

    /** Groups that Graph cannot write hold nobody from Sales, so that an incident there can be undone in full. */
    private void emitSynced(String[] groupIds, SeedSink sink) {
        for (var group = layout.firstSynced(); group < layout.firstAssigned(); group++) {
            var dice = new Dice(seed, "synced members", group);
            var department = layout.isSynced(group) ? Departments.PRODUCTION : dice.between(1, Departments.COUNT - 1);
            var first = dice.below(20);
            var count = 3 + dice.ranked(60);
            emitDepartment(groupIds[group], department, first, count, sink);
        }
    }

    /** Some security groups hold others with higher numbers, so that nesting never runs in a circle; a few hold an application. */
    private void emitNested(String[] groupIds, SeedSink sink) {
        for (var group = layout.firstAssigned(); group < layout.groups(); group++) {
            if (layout.isUnified(group)) {
                continue;
            }
            var dice = new Dice(seed, "nested", group);
            var chance = group == layout.firstAssigned() + 1 ? 100 : 20;
            if (dice.percent(chance)) {
                var child = group + 2 * dice.between(1, 12);
                for (var i = dice.between(1, 3);
                        i > 0 && child < layout.groups();
                        i--, child += 2 * dice.between(1, 9)) {
                    sink.linkLater(GROUPS, groupIds[group], MEMBERS, groupIds[child]);
                }
            }
            if (dice.percent(4)) {
                var application = dice.between(SampleClients.COUNT, shape.applications() - 1);
                sink.linkLater(GROUPS, groupIds[group], MEMBERS, ids.servicePrincipal(application));
            }
        }
        sink.linkLater(GROUPS, groupIds[layout.firstAssigned() + 1], MEMBERS, groupIds[GroupLayout.FRAUD_DESK]);
    }

    private void emitOwners(String[] groupIds, SeedSink sink) {
        for (var group = 0; group < layout.groups(); group++) {
            if (layout.isSynced(group) || group == GroupLayout.EMERGENCY_ACCESS) {
                continue;
            }
            var dice = new Dice(seed, "owners", group);
            if (layout.isUnified(group) || group == GroupLayout.FRAUD_DESK || dice.percent(85)) {
                var first = staff.anyMember(dice);
                var second = staff.anyMember(dice);
                sink.linkLater(GROUPS, groupIds[group], OWNERS, ids.user(first));
                if (second != first && dice.percent(60)) {
                    sink.linkLater(GROUPS, groupIds[group], OWNERS, ids.user(second));
                }
            }
        }
    }

    private static boolean contains(int[] numbers, int count, int wanted) {
        for (var i = 0; i < count; i++) {
            if (numbers[i] == wanted) {
                return true;
            }
        }
        return false;
    }
}
