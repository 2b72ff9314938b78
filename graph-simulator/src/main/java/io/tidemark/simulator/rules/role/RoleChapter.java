package io.tidemark.simulator.rules.role;

import io.tidemark.simulator.tenant.Chapter;
import io.tidemark.simulator.tenant.KindAction;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantWriter;

/** What of a rulebook is about roles. */
public final class RoleChapter {

    private RoleChapter() {}

    /** All of it, anew. */
    public static Chapter chapter() {
        return new Chapter()
                .rules("roleDefinition", new RoleDefinitionRules())
                .rules("roleAssignment", new RoleAssignmentRules())
                .rules("scopedRoleMembership", new ScopedRoleRules())
                .rules("scheduleRequest", new ScheduleRequestRules(Schedules.Subject.ROLE))
                .rules("groupScheduleRequest", new ScheduleRequestRules(Schedules.Subject.GROUP))
                .rules("roleManagementPolicy", new RolePolicyRules())
                .rules("roleManagementPolicyRule", new RolePolicyRules.Rule())
                .rules("administrativeUnit", new AdministrativeUnitRules())
                .rules("directoryRole", new DirectoryRoleRules())
                .rules("approvalStage", new ApprovalRules())
                .rules("recoveryJob", new RecoveryJobRules())
                .action("cancelRequest", KindAction.on(ScheduleRequestRules::cancel))
                .action("myApprovals", ApprovalRules::mine)
                .action("cancelRecovery", KindAction.on(RecoveryJobRules::cancel));
    }

    /** Lets roles that a seed told be held. */
    public static void complete(Tenant tenant) {
        RoleFaces.settle(tenant);
    }

    /** Begins and ends what was scheduled, and lets questions lapse that nobody answered. */
    public static void settle(TenantWriter writer) {
        for (Schedules.Subject subject : Schedules.Subject.values()) {
            new Schedules(writer, subject, true).settle();
            new Schedules(writer, subject, false).settle();
        }
        ApprovalRules.expire(writer);
    }
}
