package io.tidemark.simulator.rules.governance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** Terms of use. */
final class AgreementRules implements KindRules {

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        for (Node file : node.targets("file")) {
            for (Node localization : file.targets("localizations")) {
                node.link("files", localization);
            }
        }
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        for (Node policy : writer.tenant().after(Kinds.all().get("conditionalAccessPolicies"), 0)) {
            JsonNode grant = policy.live() ? policy.entity().get("grantControls") : null;
            if (grant != null && Json.write(grant.path("termsOfUse")).contains(node.id())) {
                throw GraphRefusal.badQuery(
                        "The agreement is used by a Conditional Access policy and cannot be deleted.");
            }
        }
    }
}
