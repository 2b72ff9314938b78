package io.tidemark.simulator.rules.organization;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Domains: added, proved, made the default, taken away. */
final class DomainRules implements KindRules {

    private static final Pattern NAME = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}");

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String name = String.valueOf(body.text("id")).toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw GraphRefusal.invalidValue("id", "domain");
        }
        if (writer.tenant().find(kind, name) != null) {
            throw GraphRefusal.conflict("name");
        }
        body.properties().put("id", Json.text(name));
        body.properties().put("isRoot", BooleanNode.valueOf(DomainNames.root(writer.tenant(), name) == null));
        body.properties().remove("isDefault");
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        String proof = "MS=ms" + Math.abs(node.id().hashCode() % 100_000_000);
        DomainNames.record(writer, node, "verificationDnsRecords", "Txt", "Email", object -> object.put("text", proof));
        DomainNames.record(
                writer,
                node,
                "verificationDnsRecords",
                "Mx",
                "Email",
                object -> object.put("mailExchange", proof.replace("=", "") + ".msv1.invalid")
                        .put("preference", 32767));
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        boolean verified = node.entity().isTrue("isVerified");
        if (!verified && (body.isTrue("isDefault") || body.has("supportedServices"))) {
            throw GraphRefusal.badRequest("Domain '" + node.id() + "' is not verified.");
        }
        if (body.has("isDefault") && !body.isTrue("isDefault") && node.entity().isTrue("isDefault")) {
            throw GraphRefusal.badRequest("The default domain can only be changed by making another one the default.");
        }
    }

    @Override
    public void afterUpdate(TenantWriter writer, Node node, Body body) {
        if (!body.isTrue("isDefault")) {
            return;
        }
        for (Node other : writer.tenant().after(node.kind(), 0)) {
            if (other.live() && other != node && other.entity().isTrue("isDefault")) {
                writer.change(other, Map.of("isDefault", BooleanNode.FALSE), null);
            }
        }
        DomainNames.tellOrganization(writer);
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        if (node.entity().isTrue("isInitial") || node.entity().isTrue("isDefault")) {
            throw GraphRefusal.badRequest("The initial domain and the default domain cannot be deleted.");
        }
        if (!DomainNames.references(writer.tenant(), node.id()).isEmpty()) {
            throw GraphRefusal.badRequest(
                    "Domain '" + node.id() + "' cannot be deleted because objects of the directory refer to it.");
        }
    }

    @Override
    public void afterDelete(TenantWriter writer, Node node) {
        DomainNames.tellOrganization(writer);
    }
}
