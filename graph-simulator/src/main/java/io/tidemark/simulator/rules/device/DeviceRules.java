package io.tidemark.simulator.rules.device;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.DynamicMembership;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Restricted;
import io.tidemark.simulator.tenant.Synced;
import io.tidemark.simulator.tenant.TenantWriter;
import io.tidemark.simulator.tenant.ValueCheck;
import java.util.List;
import java.util.Set;

/** Devices: registered by themselves, hardly written by anybody. */
final class DeviceRules implements KindRules {

    // What an application may change; the rest belongs to the device or its management.
    private static final Set<String> BY_APPLICATION = Set.of(
            "accountEnabled",
            "displayName",
            "extensionAttributes",
            "isCompliant",
            "isManaged",
            "operatingSystem",
            "operatingSystemVersion");

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        if (!ValueCheck.guid(String.valueOf(body.text("deviceId")))) {
            throw GraphRefusal.invalidValue("deviceId", "device");
        }
        body.properties().put("deletedDateTime", Json.text(null));
        body.properties().put("registrationDateTime", Json.time(writer.context().time()));
        for (String list : List.of("physicalIds", "systemLabels")) {
            body.defaultTo(list, Json.array());
        }
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        DynamicMembership.settleFor(writer, node);
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        Restricted.guard(writer, node);
        Synced.guard(node, body);
        boolean application = !writer.context().caller().delegated();
        for (String property : body.properties().keySet()) {
            boolean custom = property.startsWith("extension_");
            if (application && !custom && !BY_APPLICATION.contains(property)) {
                throw GraphRefusal.badRequest("Property '" + property + "' is read-only and cannot be set.");
            }
        }
    }

    @Override
    public void afterUpdate(TenantWriter writer, Node node, Body body) {
        DynamicMembership.settleFor(writer, node);
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        Restricted.guard(writer, node);
    }

    /** Registered and joined devices can come back; synced ones and those that were only written cannot. */
    @Override
    public boolean recoverable(Node node) {
        String trust = node.entity().text("trustType");
        return !Synced.is(node) && ("AzureAd".equals(trust) || "Workplace".equals(trust));
    }

    @Override
    public void beforeLink(TenantWriter writer, Node node, Relation relation, Node target) {
        Restricted.guard(writer, node);
        boolean adds = !node.pointsTo(relation.via(), target);
        if (adds
                && relation.name().equals("registeredOwners")
                && !node.targets(relation.via()).isEmpty()) {
            throw GraphRefusal.badRequest("A device has at most one registered owner.");
        }
    }
}
