package io.tidemark.simulator.rules.device;

import io.tidemark.simulator.tenant.Chapter;

/** What of a rulebook is about devices. */
public final class DeviceChapter {

    private DeviceChapter() {}

    /** All of it, anew. */
    public static Chapter chapter() {
        return new Chapter()
                .rules("device", new DeviceRules())
                .rules("compliancePolicy", new CompliancePolicyRules())
                .rules("deviceConfiguration", new DeviceConfigurationRules())
                .rules("targetDeviceGroup", new TargetDeviceGroupRules())
                .action("assign", IntuneActions::assign)
                .action("scheduleActions", IntuneActions::schedule)
                .action("omaSetting", IntuneActions::plainText);
    }
}
