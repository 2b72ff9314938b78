package io.tidemark.simulator.tenant;

/** What an action or function of a kind does. It refuses by throwing, before it changes anything. */
@FunctionalInterface
public interface KindAction {

    /** Does it. */
    Outcome run(ActionCall call);
}
