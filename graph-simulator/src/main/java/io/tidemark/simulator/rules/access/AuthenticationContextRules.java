package io.tidemark.simulator.rules.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.util.regex.Pattern;

/** Authentication contexts: ninety-nine names that policies can refer to. */
final class AuthenticationContextRules implements KindRules {

    private static final Pattern NAME = Pattern.compile("c[1-9][0-9]?");

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        String id = String.valueOf(body.text("id"));
        if (!NAME.matcher(id).matches()) {
            throw GraphRefusal.badQuery("The id of an authentication context must be c1 to c99.");
        }
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        for (Node policy : writer.tenant().after(Kinds.all().get("conditionalAccessPolicies"), 0)) {
            JsonNode conditions = policy.live() ? policy.entity().get("conditions") : null;
            if (conditions == null) {
                continue;
            }
            for (JsonNode context :
                    conditions.path("applications").path("includeAuthenticationContextClassReferences")) {
                if (context.asText().equals(node.id())) {
                    throw GraphRefusal.badQuery(
                            "The authentication context is used by a Conditional Access policy and cannot be deleted.");
                }
            }
        }
    }
}
