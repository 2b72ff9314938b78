package io.tidemark.simulator.tenant;

/** Directory roles that were activated from their template. */
final class DirectoryRoleRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String template = String.valueOf(body.text("roleTemplateId"));
        Node definition = writer.tenant().find(Kinds.all().get("roleDefinitions"), template);
        if (definition == null) {
            throw GraphRefusal.notFound(template);
        }
        body.properties().put("displayName", Json.text(definition.entity().text("displayName")));
        body.properties().put("description", Json.text(definition.entity().text("description")));
    }
}
