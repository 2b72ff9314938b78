package io.tidemark.simulator.rules.group;

import io.tidemark.simulator.tenant.Chapter;
import io.tidemark.simulator.tenant.KindAction;

/** What of a rulebook is about groups. */
public final class GroupChapter {

    private GroupChapter() {}

    /** All of it, anew. */
    public static Chapter chapter() {
        return new Chapter()
                .rules("group", new GroupRules())
                .rules("groupSetting", new GroupSettingRules())
                .rules("lifecyclePolicy", new LifecyclePolicyRules())
                .action("renewGroup", KindAction.on(GroupActions::renew))
                .action("validateGroup", KindAction.on(GroupActions::validate))
                .action("addGroupToPolicy", KindAction.on(LifecyclePolicyRules::addGroup))
                .action("removeGroupFromPolicy", KindAction.on(LifecyclePolicyRules::removeGroup));
    }
}
