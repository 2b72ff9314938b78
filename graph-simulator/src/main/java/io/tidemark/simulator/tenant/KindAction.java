package io.tidemark.simulator.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What an action or function of a kind does. It refuses by throwing, before it changes anything. */
@FunctionalInterface
public interface KindAction {

    /** Does it. */
    Outcome run(ActionCall call);

    /** What is done with one live object and what was sent. */
    @FunctionalInterface
    interface OnObject {
        Outcome run(TenantWriter writer, Node node, ObjectNode body);
    }

    /** An action on one object, which must not be in the bin. */
    static KindAction on(OnObject action) {
        return call -> {
            if (!call.mustNode().live()) {
                throw GraphRefusal.notFound(call.mustNode().id());
            }
            return action.run(call.writer(), call.mustNode(), call.body());
        };
    }
}
