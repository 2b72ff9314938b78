package io.tidemark.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.intake.TenantImport;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.LaterProperties.Later;
import io.tidemark.simulator.tenant.Switches;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Switches, clients, tokens and further tenants over the control API. */
final class Administration {

    private final Controls controls;

    Administration(Controls controls) {
        this.controls = controls;
    }

    /** Does what the request says; {@code null} if it is nothing of these. */
    @Nullable
    ObjectNode answer(String what, Tenant tenant, JsonNode told) {
        return switch (what) {
            case "GET /switches" -> switches(tenant);
            case "POST /switches" -> {
                Switches next = tenant.switches();
                for (Map.Entry<String, JsonNode> one : told.properties()) {
                    next = next.with(one.getKey(), one.getValue().asText());
                }
                tenant.switches(next);
                yield switches(tenant);
            }
            case "POST /clients" -> client(tenant, told);
            case "POST /tokens" -> tokens(told);
            case "POST /issuers" -> {
                controls.trustIssuer(told.path("issuer").asText(), told.path("keySet"));
                yield Json.object().put("issuer", told.path("issuer").asText());
            }
            case "POST /managed-identity" -> {
                controls.managedIdentity(told.path("clientId").asText());
                yield Json.object().put("clientId", told.path("clientId").asText());
            }
            case "POST /properties" -> {
                Later property = new Later(
                        told.path("type").asText(),
                        told.path("name").asText(),
                        told.path("of").asText("String"),
                        told.path("alone").asBoolean());
                tenant.later().declare(property);
                yield Json.object().put("type", property.type()).put("name", property.name());
            }
            case "POST /tenants" -> tenant(told);
            default -> null;
        };
    }

    private static ObjectNode switches(Tenant tenant) {
        ObjectNode all = Json.object();
        tenant.switches().named().forEach(all::put);
        return all;
    }

    /** A new client, or a known one with other permissions. */
    private ObjectNode client(Tenant tenant, JsonNode told) {
        String id = told.path("clientId").asText();
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a client has a clientId");
        }
        ClientRegistration known = tenant.registration(id);
        Set<String> permissions = new LinkedHashSet<>();
        told.path("permissions").forEach(p -> permissions.add(p.asText()));
        if (!told.has("permissions") && known != null) {
            permissions.addAll(known.permissions());
        }
        tenant.register(new ClientRegistration(
                id,
                text(told, "displayName", known == null ? id : known.displayName()),
                orNull(told, "servicePrincipalId", known == null ? null : known.servicePrincipalId()),
                orNull(told, "secret", known == null ? null : known.secret()),
                orNull(told, "certificateThumbprint", known == null ? null : known.certificateThumbprint()),
                orNull(told, "federatedIssuer", known == null ? null : known.federatedIssuer()),
                permissions));
        if (told.path("revoke").asBoolean()) {
            controls.revoke(id);
        }
        ObjectNode shown = Json.object().put("clientId", id);
        permissions.forEach(shown.withArray("permissions")::add);
        return shown;
    }

    private static String text(JsonNode told, String name, String usual) {
        return told.hasNonNull(name) ? told.path(name).asText() : usual;
    }

    private static @Nullable String orNull(JsonNode told, String name, @Nullable String usual) {
        return told.hasNonNull(name) ? told.path(name).asText() : usual;
    }

    private ObjectNode tokens(JsonNode told) {
        if (told.hasNonNull("access")) {
            controls.accessTokenLife(Duration.parse(told.path("access").asText()));
        }
        if (told.hasNonNull("pages") || told.hasNonNull("deltas")) {
            controls.linkLife(
                    Duration.parse(told.path("pages").asText("PT10M")),
                    Duration.parse(told.path("deltas").asText("P7D")));
        }
        if (told.hasNonNull("revoke")) {
            controls.revoke(told.path("revoke").asText());
        }
        return Json.object().put("status", "done");
    }

    private ObjectNode tenant(JsonNode told) {
        long seed = told.path("seed").asLong(1);
        Map<String, String> options = new LinkedHashMap<>();
        told.path("options")
                .properties()
                .forEach(o -> options.put(o.getKey(), o.getValue().asText()));
        UUID id = told.hasNonNull("id") ? UUID.fromString(told.path("id").asText()) : SampleTenants.tenantId(seed);
        options.putIfAbsent("tenantId", id.toString());
        List<String> read = new ArrayList<>();
        TenantSeed content = told.hasNonNull("load")
                ? sink -> {
                    TenantImport.read(Path.of(told.path("load").asText()), read::add)
                            .emit(sink);
                    SampleClients.of(seed).all().forEach(client -> sink.appRegistration(client.registration()));
                }
                : SampleTenants.of(told.path("size").asText("tiny"), seed, options);
        Tenant added = controls.addTenant(id, content);
        ObjectNode shown = Json.object().put("tenant", added.id().toString());
        read.forEach(line -> shown.withArray("load").add(line));
        SampleClients.of(seed)
                .all()
                .forEach(client -> shown.withArray("clients")
                        .addObject()
                        .put("name", client.name())
                        .put("clientId", client.clientId())
                        .put("secret", client.secret()));
        return shown;
    }
}
