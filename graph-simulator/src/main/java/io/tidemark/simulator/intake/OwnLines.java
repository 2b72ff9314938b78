package io.tidemark.simulator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.ClientRegistration;
import io.tidemark.simulator.tenant.SealedSecret;
import io.tidemark.simulator.tenant.SeedSink;
import java.util.HashSet;
import java.util.Set;

/** Lines that {@code GET /export} wrote: objects with their links, clients, hashes of secrets. */
final class OwnLines {

    private final SeedSink sink;
    private final Intake intake;
    private final Tally tally;

    OwnLines(SeedSink sink, Intake intake, Tally tally) {
        this.sink = sink;
        this.intake = intake;
        this.tally = tally;
    }

    /** Takes a line; says whether it is one. */
    boolean takes(JsonNode line) {
        if (line.path("object").isObject() && line.path("collection").isTextual()) {
            object(line);
        } else if (line.path("client").path("clientId").isTextual()) {
            client(line.path("client"));
        } else if (line.path("secret").path("hash").isTextual()) {
            sink.secret(line.path("secret").path("of").asText(), SealedSecret.of(line.path("secret")));
            tally.read("secrets");
        } else {
            return false;
        }
        return true;
    }

    private void object(JsonNode line) {
        String collection = line.path("collection").asText();
        Kind kind = TableNames.named(collection);
        if (kind == null) {
            tally.left("objects of unknown kind (" + collection + ")");
            return;
        }
        ObjectNode object = (ObjectNode) line.path("object");
        String id = object.path("id").asText();
        line.path("links")
                .properties()
                .forEach(relation -> relation.getValue()
                        .forEach(target -> intake.link(kind, id, relation.getKey(), target.asText())));
        intake.line(kind, object);
    }

    private void client(JsonNode client) {
        Set<String> permissions = new HashSet<>();
        client.path("permissions").forEach(one -> permissions.add(one.asText()));
        sink.appRegistration(new ClientRegistration(
                client.path("clientId").asText(),
                client.path("displayName").asText(),
                client.path("servicePrincipalId").textValue(),
                null,
                client.path("certificateThumbprint").textValue(),
                client.path("federatedIssuer").textValue(),
                permissions));
        tally.read("clients");
    }
}
