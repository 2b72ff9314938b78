package io.tidemark.simulator.rules.device;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
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
