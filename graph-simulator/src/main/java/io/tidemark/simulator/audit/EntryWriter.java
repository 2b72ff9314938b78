package io.tidemark.simulator.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Caller;
import io.tidemark.simulator.tenant.Effect;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.WriteContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes the audit entries of one effect. */
final class EntryWriter {

    private static final Set<String> NOT_TOLD = Set.of("id", "deletedDateTime", "modifiedDateTime", "@odata.type");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Tenant tenant;

    EntryWriter(Tenant tenant) {
        this.tenant = tenant;
    }

    /** The entries of an effect without ids. */
    List<ObjectNode> entries(WriteContext context, Effect effect) {
        JsonNode table = effect.node().kind().audit();
        List<ObjectNode> entries = new ArrayList<>();
        if (table.path("silent").asBoolean() && effect.activity() == null) {
            return entries;
        }
        if (effect.type() == Effect.Type.LINKED || effect.type() == Effect.Type.UNLINKED) {
            ObjectNode entry = link(context, effect, table);
            if (entry != null) {
                entries.add(entry);
            }
            return entries;
        }
        if (effect.type() == Effect.Type.UPDATED && quiet(effect, table)) {
            return entries;
        }
        switch (table.path("form").asText()) {
            case "whole" -> whole(context, effect, table, entries);
            case "role" -> entries.add(role(context, effect, table));
            case "appRole" -> entries.add(appRole(context, effect, table));
            case "grant" -> entries.add(grant(context, effect, table));
            default -> plain(context, effect, table, entries);
        }
        return entries;
    }

    private static boolean quiet(Effect effect, JsonNode table) {
        Set<String> told = new TreeSet<>(effect.changed());
        table.path("unlogged").forEach(name -> told.remove(name.asText()));
        return told.isEmpty();
    }

    private static String activity(Effect effect, JsonNode table) {
        if (effect.activity() != null) {
            return effect.activity();
        }
        String key = switch (effect.type()) {
            case CREATED -> "create";
            case DELETED -> "delete";
            case RESTORED -> "restore";
            case PURGED -> "purge";
            default -> "update";
        };
        return table.path(key).asText("Update " + effect.node().kind().type());
    }

    private static String operation(Effect effect) {
        return switch (effect.type()) {
            case CREATED -> "Add";
            case DELETED, PURGED -> "Delete";
            case LINKED -> "Assign";
            case UNLINKED -> "Unassign";
            default -> "Update";
        };
    }

    private static ObjectNode head(WriteContext context, Effect effect, JsonNode table, String activity) {
        ObjectNode entry = Json.object();
        entry.put("id", "");
        entry.put("category", table.path("category").asText());
        entry.put("correlationId", context.origin().requestId());
        entry.put("result", "success");
        entry.put("resultReason", "");
        entry.put("activityDisplayName", activity);
        entry.put("activityDateTime", TIME.format(context.time()));
        entry.put("loggedByService", table.path("service").asText());
        entry.put("operationType", operation(effect));
        initiator(entry.putObject("initiatedBy"), context);
        entry.putArray("targetResources");
        ArrayNode details = entry.putArray("additionalDetails");
        if (context.origin().userAgent() != null) {
            details.addObject()
                    .put("key", "User-Agent")
                    .put("value", context.origin().userAgent());
        }
        if (!context.caller().delegated()) {
            details.addObject()
                    .put("key", "ipAddress")
                    .put("value", context.origin().address());
        }
        return entry;
    }

    private static void initiator(ObjectNode initiatedBy, WriteContext context) {
        Caller caller = context.caller();
        if (caller.delegated()) {
            initiatedBy.putNull("app");
            ObjectNode user = initiatedBy.putObject("user");
            user.put("id", caller.userId());
            user.putNull("displayName");
            user.put("userPrincipalName", caller.userPrincipalName());
            user.put("ipAddress", context.origin().address());
            user.putArray("roles");
            return;
        }
        initiatedBy.putNull("user");
        ObjectNode app = initiatedBy.putObject("app");
        app.put("appId", caller.appId());
        app.put("displayName", caller.appName());
        app.put("servicePrincipalId", caller.servicePrincipalId());
        app.putNull("servicePrincipalName");
    }

    private static ObjectNode target(ObjectNode entry, Node node, @Nullable Entity entity, String type) {
        ObjectNode target = ((ArrayNode) entry.get("targetResources")).addObject();
        target.put("id", node.id());
        target.put("displayName", entity == null ? null : entity.text("displayName"));
        target.put("type", type);
        target.put("userPrincipalName", entity == null ? null : entity.text("userPrincipalName"));
        boolean group = type.equals("Group");
        boolean unified = group && entity != null && entity.holds("groupTypes", "Unified");
        target.put("groupType", group ? (unified ? "unifiedGroups" : "azureAD") : null);
        return target;
    }

    private static String typeOf(Node node) {
        return node.kind().audit().path("target").asText("Other");
    }

    private static Entity shown(Effect effect) {
        Entity after = effect.after();
        Entity before = effect.before();
        if (after != null) {
            return after;
        }
        return before == null ? effect.node().entity() : before;
    }

    private void plain(WriteContext context, Effect effect, JsonNode table, List<ObjectNode> entries) {
        Node node = effect.node();
        JsonNode onParent = table.get("onParent");
        if (onParent != null) {
            // A child is logged as a change of the object that it lives under.
            ObjectNode entry = head(context, effect, table, activity(effect, table));
            Node owner = effect.target() == null ? owner(node) : effect.target();
            if (owner != null) {
                boolean gone = effect.type() == Effect.Type.DELETED;
                String told = Json.write(shownOf(node));
                Modified modified = new Modified(target(entry, owner, owner.entity(), typeOf(owner)));
                modified.raw(onParent.asText(), gone ? told : null, gone ? null : told);
            }
            entries.add(entry);
            return;
        }
        for (String activity : activities(effect, table)) {
            ObjectNode entry = head(context, effect, table, activity);
            ObjectNode target = target(entry, node, shown(effect), typeOf(node));
            Modified modified = new Modified(target);
            if (effect.type() == Effect.Type.CREATED) {
                Set<String> names = new TreeSet<>();
                Entity after = shown(effect);
                after.forEach((name, value) -> {
                    boolean empty = value.isNull() || (value.isContainerNode() && value.isEmpty());
                    if (!empty && !NOT_TOLD.contains(name)) {
                        names.add(name);
                    }
                });
                modified.changes(table, names, null, after);
                modified.finish();
            } else if (effect.type() == Effect.Type.UPDATED && !activity.endsWith("account")) {
                Set<String> names = new TreeSet<>(effect.changed());
                names.removeAll(NOT_TOLD);
                names.remove("passwordProfile");
                table.path("unlogged").forEach(name -> names.remove(name.asText()));
                modified.changes(table, names, effect.before(), effect.after());
                modified.finish();
            }
            if (node.kind().type().equals("user")) {
                String userType = shown(effect).text("userType");
                modified.context("TargetId.UserType", null, userType == null ? "Member" : userType);
            }
            entries.add(entry);
        }
    }

    private static @Nullable Node owner(Node child) {
        for (String relation : child.pointedBy()) {
            for (Node source : child.sources(relation)) {
                return source;
            }
        }
        return null;
    }

    /** Secrets are in no log. */
    private static ObjectNode shownOf(Node node) {
        ObjectNode shown = node.entity().toJson();
        node.kind().properties().keySet().stream().filter(node.kind()::secret).forEach(shown::remove);
        return shown;
    }

    private static List<String> activities(Effect effect, JsonNode table) {
        List<String> names = new ArrayList<>();
        boolean user = effect.node().kind().type().equals("user") && effect.type() == Effect.Type.UPDATED;
        if (user && effect.changed().contains("passwordProfile")) {
            names.add("Reset password");
            if (effect.changed().size() == 1) {
                return names;
            }
        }
        if (user && effect.changed().contains("accountEnabled")) {
            Entity after = effect.after();
            names.add(after != null && after.isTrue("accountEnabled") ? "Enable account" : "Disable account");
        }
        names.add(activity(effect, table));
        return names;
    }

    private static void whole(WriteContext context, Effect effect, JsonNode table, List<ObjectNode> entries) {
        Node node = effect.node();
        Entity before = effect.type() == Effect.Type.RESTORED ? null : effect.before();
        Entity after = effect.type() == Effect.Type.DELETED ? null : effect.after();
        String type = node.kind().type();
        ObjectNode entry = head(context, effect, table, activity(effect, table));
        Modified modified = new Modified(target(entry, node, shown(effect), typeOf(node)));
        modified.raw(
                Character.toUpperCase(type.charAt(0)) + type.substring(1),
                before == null ? null : Json.write(before.toJson()),
                after == null ? null : Json.write(after.toJson()));
        entries.add(entry);
        String key = effect.type() == Effect.Type.CREATED
                ? "create"
                : effect.type() == Effect.Type.UPDATED ? "update" : "delete";
        JsonNode echo = table.path("echo").get(key);
        if (echo != null) {
            ObjectNode second = head(context, effect, table, echo.asText());
            second.put("loggedByService", "Core Directory");
            new Modified(target(second, node, shown(effect), "Policy")).context("PolicyType", null, "18");
            entries.add(second);
        }
    }

    private @Nullable ObjectNode link(WriteContext context, Effect effect, JsonNode table) {
        Node node = effect.node();
        Node end = effect.target();
        var relation = effect.relation() == null ? null : node.kind().relation(effect.relation());
        boolean gone = effect.type() == Effect.Type.UNLINKED;
        String activity = relation == null ? null : gone ? relation.removed() : relation.added();
        if (end == null || activity == null) {
            return null;
        }
        ObjectNode entry = head(context, effect, table, activity);
        if (effect.relation() != null && effect.relation().equals("manager")) {
            Modified modified = new Modified(target(entry, node, node.entity(), typeOf(node)));
            modified.context("Manager.ObjectID", gone ? end.id() : null, gone ? null : end.id());
            new Modified(target(entry, end, end.entity(), typeOf(end)));
            return entry;
        }
        Modified modified = new Modified(target(entry, end, end.entity(), typeOf(end)));
        String prefix = typeOf(node);
        Map<String, @Nullable String> about = new LinkedHashMap<>();
        about.put(prefix + ".ObjectID", node.id());
        about.put(prefix + ".DisplayName", node.entity().text("displayName"));
        if (prefix.equals("Application") || prefix.equals("ServicePrincipal")) {
            about.put(prefix + ".AppId", node.entity().text("appId"));
        }
        if (prefix.equals("Group")) {
            about.put("Group.WellKnownObjectName", null);
        }
        modified.about(about, gone);
        new Modified(target(entry, node, node.entity(), prefix));
        return entry;
    }

    private ObjectNode role(WriteContext context, Effect effect, JsonNode table) {
        Entity row = shown(effect);
        boolean gone = effect.type() == Effect.Type.DELETED;
        Node principal = named(row.text("principalId"));
        Node definition = tenant.find(Kinds.all().get("roleDefinitions"), String.valueOf(row.text("roleDefinitionId")));
        ObjectNode entry = head(context, effect, table, activity(effect, table));
        entry.put("operationType", gone ? "Unassign" : "Assign");
        Map<String, @Nullable String> about = new LinkedHashMap<>();
        about.put("Role.ObjectID", row.text("roleDefinitionId"));
        about.put(
                "Role.DisplayName",
                definition == null ? null : definition.entity().text("displayName"));
        about.put(
                "Role.TemplateId",
                definition == null ? null : definition.entity().text("templateId"));
        about.put("Role.WellKnownObjectName", null);
        if (principal != null) {
            new Modified(target(entry, principal, principal.entity(), typeOf(principal))).about(about, gone);
        }
        if (definition != null) {
            new Modified(target(entry, definition, definition.entity(), "Role"));
        }
        return entry;
    }

    private @Nullable Node named(@Nullable String id) {
        return id == null ? null : tenant.findAny(id);
    }

    private ObjectNode appRole(WriteContext context, Effect effect, JsonNode table) {
        Entity row = shown(effect);
        boolean gone = effect.type() == Effect.Type.DELETED;
        Node resource = named(row.text("resourceId"));
        Node grantee = named(row.text("principalId"));
        String what = gone ? "Remove" : "Add";
        String type = grantee == null ? "" : grantee.kind().type();
        String activity = switch (type) {
            case "user" -> what + " app role assignment grant to user";
            case "group" -> what + " app role assignment " + (gone ? "from" : "to") + " group";
            default -> activity(effect, table);
        };
        ObjectNode entry = head(context, effect, table, activity);
        entry.put("operationType", gone ? "Unassign" : "Assign");
        Map<String, @Nullable String> about = new LinkedHashMap<>();
        about.put("AppRole.Id", row.text("appRoleId"));
        JsonNode role = role(resource, row.text("appRoleId"));
        about.put("AppRole.Value", role == null ? null : role.path("value").asText());
        about.put(
                "AppRole.DisplayName",
                role == null ? null : role.path("displayName").asText());
        String prefix = type.equals("user") ? "User" : type.equals("group") ? "Group" : "ServicePrincipal";
        about.put(prefix + ".ObjectID", row.text("principalId"));
        about.put(prefix + ".DisplayName", row.text("principalDisplayName"));
        if (resource != null) {
            new Modified(target(entry, resource, resource.entity(), "ServicePrincipal")).about(about, gone);
        }
        if (grantee != null) {
            new Modified(target(entry, grantee, grantee.entity(), typeOf(grantee)));
        }
        return entry;
    }

    private static @Nullable JsonNode role(@Nullable Node resource, @Nullable String id) {
        JsonNode roles = resource == null ? null : resource.entity().get("appRoles");
        if (roles != null) {
            for (JsonNode role : roles) {
                if (role.path("id").asText().equals(id)) {
                    return role;
                }
            }
        }
        return null;
    }

    private ObjectNode grant(WriteContext context, Effect effect, JsonNode table) {
        Entity row = shown(effect);
        Entity before = effect.type() == Effect.Type.CREATED ? null : effect.before();
        boolean gone = effect.type() == Effect.Type.DELETED;
        Node resource = named(row.text("resourceId"));
        Node client = named(row.text("clientId"));
        ObjectNode entry = head(context, effect, table, activity(effect, table));
        if (resource != null) {
            Modified modified = new Modified(target(entry, resource, resource.entity(), "ServicePrincipal"));
            modified.context(
                    "DelegatedPermissionGrant.Scope",
                    before == null ? null : before.text("scope"),
                    gone ? null : row.text("scope"));
            modified.context("DelegatedPermissionGrant.ConsentType", null, row.text("consentType"));
            modified.context("ServicePrincipal.ObjectID", null, row.text("clientId"));
        }
        if (client != null) {
            new Modified(target(entry, client, client.entity(), "ServicePrincipal"));
        }
        return entry;
    }
}
