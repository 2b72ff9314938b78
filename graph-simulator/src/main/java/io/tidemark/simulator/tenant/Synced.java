package io.tidemark.simulator.tenant;

/** Objects that are mastered by another directory. */
final class Synced {

    private Synced() {}

    static boolean is(Node node) {
        return node.entity().isTrue("onPremisesSyncEnabled");
    }

    static GraphRefusal refusal() {
        return GraphRefusal.badRequest("Unable to update the specified properties for on-premises mastered Directory"
                + " Sync objects or objects currently undergoing migration.");
    }

    static void guard(Node node, Body body) {
        if (is(node)
                && body.properties().keySet().stream()
                        .anyMatch(p -> !node.kind().syncWritable(p) && !p.startsWith("extension_"))) {
            throw refusal();
        }
    }
}
