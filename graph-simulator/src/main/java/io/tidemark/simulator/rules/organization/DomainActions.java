package io.tidemark.simulator.rules.organization;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.ActionCall;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Outcome;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Map;

/** What can be done to a domain. */
final class DomainActions {

    private DomainActions() {}

    /** Proves that the domain belongs to the tenant. */
    static Outcome verify(ActionCall call) {
        Node domain = call.mustNode();
        if (domain.entity().isTrue("isVerified")) {
            throw GraphRefusal.badRequest("Domain '" + domain.id() + "' is already verified.");
        }
        TenantWriter writer = call.writer();
        writer.change(
                domain,
                Map.of(
                        "isVerified",
                        BooleanNode.TRUE,
                        "supportedServices",
                        Json.array().add("Email").add("OfficeCommunicationsOnline")),
                "Verify domain");
        DomainNames.record(
                writer,
                domain,
                "serviceConfigurationRecords",
                "Mx",
                "Email",
                o -> o.put("mailExchange", domain.id().replace('.', '-') + ".mail.invalid")
                        .put("preference", 0));
        DomainNames.record(
                writer,
                domain,
                "serviceConfigurationRecords",
                "Txt",
                "Email",
                o -> o.put("text", "v=spf1 include:spf.mail.invalid -all"));
        DomainNames.tellOrganization(writer);
        return Outcome.one(200, domain);
    }

    /** Makes a subdomain a root domain. */
    static Outcome promote(ActionCall call) {
        Node domain = call.mustNode();
        if (domain.entity().isTrue("isRoot")) {
            throw GraphRefusal.badRequest("Domain '" + domain.id() + "' is a root domain already.");
        }
        call.writer().change(domain, Map.of("isRoot", BooleanNode.TRUE), "Promote sub domain to root domain");
        return Outcome.value("Edm.Boolean", BooleanNode.TRUE);
    }

    /** Deletes a domain; whatever has its name gets that of the initial domain. */
    static Outcome forceDelete(ActionCall call) {
        Node domain = call.mustNode();
        Node initial = null;
        for (Node other : call.tenant().after(domain.kind(), 0)) {
            initial = other.live() && other.entity().isTrue("isInitial") ? other : initial;
        }
        if (initial == domain || initial == null) {
            throw GraphRefusal.badRequest("The initial domain and the default domain cannot be deleted.");
        }
        for (Node node : DomainNames.references(call.tenant(), domain.id())) {
            String property = node.kind().type().equals("user") ? "userPrincipalName" : "mail";
            String name = node.entity().text(property);
            if (name != null && name.indexOf('@') > 0) {
                String next = name.substring(0, name.indexOf('@') + 1) + initial.id();
                call.writer().change(node, Map.of(property, Json.text(next)), null);
            } else {
                call.writer().change(node, Map.of("identifierUris", Json.array()), null);
            }
        }
        call.writer().bin().delete(domain);
        return Outcome.empty(204);
    }
}
