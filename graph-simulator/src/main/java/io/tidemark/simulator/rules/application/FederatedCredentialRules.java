package io.tidemark.simulator.rules.application;

import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Federated credentials: a name, and an issuer with its subject, stand once at an application, which has twenty at most. */
final class FederatedCredentialRules implements KindRules {

    private static final int MOST = 20;
    private static final String RELATION = "federatedIdentityCredentials";

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body, @Nullable Node parent) {
        if (parent == null) {
            return;
        }
        if (parent.targets(RELATION).stream().filter(Node::live).count() >= MOST) {
            throw new GraphRefusal(
                    400, "Request_BadRequest", "At most " + MOST + " federated identity credentials can be added.");
        }
        alone(parent, null, body.text("name"), body.text("issuer"), body.text("subject"));
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        Entity now = node.entity();
        String issuer = body.has("issuer") ? body.text("issuer") : now.text("issuer");
        String subject = body.has("subject") ? body.text("subject") : now.text("subject");
        Set<Node> owners = Set.copyOf(node.sources(RELATION));
        owners.forEach(owner -> alone(owner, node, now.text("name"), issuer, subject));
    }

    private static void alone(
            Node owner, @Nullable Node self, @Nullable String name, @Nullable String issuer, @Nullable String subject) {
        for (Node other : owner.targets(RELATION)) {
            Entity entity = other.entity();
            boolean same = String.valueOf(issuer).equals(entity.text("issuer"))
                    && String.valueOf(subject).equals(entity.text("subject"));
            boolean taken = same || String.valueOf(name).equalsIgnoreCase(entity.text("name"));
            if (other != self && other.live() && taken) {
                throw GraphRefusal.badRequest(
                        "A conflicting object with one or more of the specified property values is present in the"
                                + " directory.");
            }
        }
    }
}
