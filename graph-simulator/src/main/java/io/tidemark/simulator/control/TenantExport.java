package io.tidemark.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.intake.TenantImport;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.SealedSecret;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.TenantSeed;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A whole tenant as lines of JSON in Graph's own shapes, and back. */
public final class TenantExport {

    private TenantExport() {}

    /** Tells every object with its links as one line, then the clients and the hashes of the secrets. */
    public static void write(Tenant tenant, Consumer<String> lines) {
        tenant.read(() -> {
            for (Kind kind : Kinds.all().values()) {
                for (Node node : tenant.after(kind, 0)) {
                    if (node.state() != Node.State.PURGED && !kind.collection().equals("directoryAudits")) {
                        lines.accept(Json.write(line(node)));
                    }
                }
            }
            tenant.registrations().forEach(client -> lines.accept(Json.write(line(client))));
            tenant.sealedSecrets().forEach((holder, secret) -> lines.accept(Json.write(line(holder, secret))));
            return true;
        });
    }

    private static ObjectNode line(ClientRegistration client) {
        ObjectNode line = Json.object();
        ObjectNode told = line.putObject("client")
                .put("clientId", client.clientId())
                .put("displayName", client.displayName())
                .put("servicePrincipalId", client.servicePrincipalId())
                .put("certificateThumbprint", client.certificateThumbprint())
                .put("federatedIssuer", client.federatedIssuer());
        client.permissions().stream().sorted().forEach(told.putArray("permissions")::add);
        return line;
    }

    private static ObjectNode line(String holder, SealedSecret secret) {
        ObjectNode line = Json.object();
        line.set("secret", secret.toJson().put("of", holder));
        return line;
    }

    private static ObjectNode line(Node node) {
        ObjectNode line = Json.object();
        line.put("collection", node.kind().collection());
        line.set("object", node.entity().toJson().put("id", node.id()));
        ObjectNode links = Json.object();
        for (String relation : node.linkedBy()) {
            node.targets(relation).forEach(target -> links.withArray(relation).add(target.id()));
        }
        if (!links.isEmpty()) {
            line.set("links", links);
        }
        return line;
    }

    /** Reads what was written here or elsewhere. */
    public static TenantSeed read(Path from) {
        return TenantImport.read(from, line -> {});
    }
}
