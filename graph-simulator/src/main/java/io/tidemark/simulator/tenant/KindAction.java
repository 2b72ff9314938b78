package io.tidemark.simulator.tenant;

/** What an action or function of a kind does. It refuses by throwing, before it changes anything. */
@FunctionalInterface
interface KindAction {

    /** Does it. */
    Outcome run(ActionCall call);
}
