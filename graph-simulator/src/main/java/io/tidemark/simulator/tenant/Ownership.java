package io.tidemark.simulator.tenant;

import io.tidemark.simulator.kind.Relation;
import java.util.Set;

/** The permission that reaches only what the caller owns. */
public final class Ownership {

    private static final int MOST = 100;
    private static final String OWNED = "Application.ReadWrite.OwnedBy";
    private static final Set<String> ALL = Set.of("Application.ReadWrite.All", "Directory.ReadWrite.All");

    private Ownership() {}

    public static void guard(TenantWriter writer, Node node) {
        Caller caller = writer.context().caller();
        if (caller.permissions().contains(OWNED) && ALL.stream().noneMatch(caller.permissions()::contains)) {
            Node actor = writer.tenant().findAny(caller.actorId());
            if (actor == null || !node.pointsTo("owners", actor)) {
                throw GraphRefusal.denied();
            }
        }
    }

    /** Refuses one owner more than an object can have. */
    public static void limit(Node node, Relation relation, Node target) {
        boolean owns = relation.name().equals("owners") && !node.pointsTo(relation.via(), target);
        if (owns && node.targets(relation.via()).stream().filter(Node::live).count() >= MOST) {
            throw new GraphRefusal(400, "Directory_QuotaExceeded", "An object has at most " + MOST + " owners.");
        }
    }
}
