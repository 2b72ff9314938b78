package io.tidemark.simulator.tenant;

/** Objects that are mastered by another directory. */
public final class Synced {

    private Synced() {}

    public static boolean is(Node node) {
        return node.entity().isTrue("onPremisesSyncEnabled");
    }

    public static GraphRefusal refusal() {
        return GraphRefusal.badRequest("Unable to update the specified properties for on-premises mastered Directory"
                + " Sync objects or objects currently undergoing migration.");
    }

    public static void guard(Node node, Body body) {
        if (is(node)
                && body.properties().keySet().stream()
                        .anyMatch(p -> !node.kind().syncWritable(p) && !p.startsWith("extension_"))) {
            throw refusal();
        }
    }
}
