package io.tidemark.simulator.tenant;

import org.jspecify.annotations.Nullable;

/** Groups of devices on which no consent is asked for: ten at most, each a group that is there. */
final class TargetDeviceGroupRules implements KindRules {

    private static final int MOST = 10;

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body, @Nullable Node parent) {
        String id = String.valueOf(body.text("id"));
        Node group = writer.tenant().find(Kinds.all().get("groups"), id);
        if (group == null || !group.live()) {
            throw GraphRefusal.notFound(id);
        }
        if (parent != null && parent.targets("targetDeviceGroups").size() >= MOST) {
            throw GraphRefusal.badRequest("No more than 10 target device groups can be added.");
        }
        body.defaultTo("displayName", Json.text(group.entity().text("displayName")));
    }
}
