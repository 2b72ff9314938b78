package io.tidemark.simulator.rules.governance;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** Who may get an access package: each policy belongs to one. */
final class AssignmentPolicyRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        Relation accessPackage = kind.relation("accessPackage");
        if (accessPackage == null || !body.binds().containsKey(accessPackage)) {
            throw GraphRefusal.badQuery("An assignment policy must name its access package.");
        }
    }

    @Override
    public void afterCreate(TenantWriter writer, Node node) {
        for (Node accessPackage : node.targets("accessPackage")) {
            accessPackage.targets("catalog").forEach(catalog -> {
                if (!node.pointsTo("catalog", catalog)) {
                    node.link("catalog", catalog);
                }
            });
        }
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        if (node.sources("assignmentPolicy").stream().anyMatch(Node::live)) {
            throw GraphRefusal.badQuery("An assignment policy with assignments cannot be deleted.");
        }
    }
}
