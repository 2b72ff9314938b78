package io.tidemark.simulator.rules.governance;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** Access packages: each belongs to a catalog. */
final class AccessPackageRules implements KindRules {

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        Relation catalog = kind.relation("catalog");
        if (catalog == null || !body.binds().containsKey(catalog)) {
            throw GraphRefusal.badQuery("An access package must name its catalog.");
        }
    }

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        if (node.sources("accessPackage").stream()
                .anyMatch(n -> n.live()
                        && n.kind().collection().equals("accessPackageAssignments")
                        && "delivered".equals(n.entity().text("state")))) {
            throw GraphRefusal.badQuery("An access package with assignments cannot be deleted.");
        }
    }
}
