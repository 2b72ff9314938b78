package io.tidemark.simulator.rules.organization;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Map;

/** Sign-in of a domain's users at another identity provider. */
final class FederationRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        Node domain = writer.parent();
        if (domain == null) {
            return;
        }
        if (!domain.entity().isTrue("isVerified")) {
            throw GraphRefusal.badRequest("Domain '" + domain.id() + "' is not verified.");
        }
        if (domain.entity().isTrue("isInitial")) {
            throw GraphRefusal.badRequest("The initial domain cannot be federated.");
        }
        if (!domain.targets("federationConfiguration").isEmpty()) {
            throw GraphRefusal.badRequest("Domain '" + domain.id() + "' has a federation configuration already.");
        }
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        for (Node domain : node.sources("federationConfiguration")) {
            set(writer, domain, "Federated");
        }
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        for (Node domain : node.sources("federationConfiguration")) {
            set(writer, domain, "Managed");
        }
    }

    private static void set(TenantWriter writer, Node domain, String type) {
        writer.change(domain, Map.of("authenticationType", Json.text(type)), "Set domain authentication");
        DomainNames.tellOrganization(writer);
    }
}
