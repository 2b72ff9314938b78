package io.tidemark.snapshot.capture;

import java.util.function.Function;

/**
 * Targeted captures that are so urgent that a running capture of the same tenant makes room for them. {@link ReadBetween} says what holds
 * then.
 */
@FunctionalInterface
public interface Interludes {

    /** Nothing is urgent. */
    Interludes NONE = held -> {};

    /**
     * Called by a running capture, in its own thread, whenever it is about to ask Graph for something; often.
     *
     * @param held runs a targeted capture at once and gives its result. What it throws leaves both captures without an end, so it must be
     *     thrown on
     */
    void run(Function<CaptureOrder, CaptureResult> held);
}
