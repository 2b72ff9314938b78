package io.tidemark.simulator.rules.governance;

import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;

/** Catalogs of access packages. */
final class CatalogRules implements KindRules {

    @Override
    public void beforeDelete(TenantWriter writer, Node node) {
        if ("serviceDefault".equals(node.entity().text("catalogType"))) {
            throw GraphRefusal.badQuery("The built-in catalog cannot be deleted.");
        }
        if (node.sources("catalog").stream()
                .anyMatch(n -> n.live() && n.kind().collection().equals("accessPackages"))) {
            throw GraphRefusal.badQuery("A catalog with access packages cannot be deleted.");
        }
    }
}
