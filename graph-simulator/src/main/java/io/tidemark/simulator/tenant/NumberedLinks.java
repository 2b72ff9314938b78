package io.tidemark.simulator.tenant;

import java.util.function.IntFunction;

/**
 * Links of one relation between objects that a sink took by number. Told by number as well, they need no id to be read and looked up.
 *
 * @param sources what they leave
 * @param relation members, owners, manager, …
 * @param targets where they lead
 * @param from the first number to tell
 * @param to the number after the last one to tell
 * @param telling tells the links of one number; several may be told at a time
 */
public record NumberedLinks(Numbered sources, String relation, Numbered targets, int from, int to, Telling telling) {

    /**
     * Objects that a sink took by number.
     *
     * @param collection the name of their table
     * @param id their ids by number
     */
    public record Numbered(String collection, IntFunction<String> id) {}

    /** Tells the links of one number. */
    @FunctionalInterface
    public interface Telling {
        /** Tells each link to the taker. */
        void tell(int number, Taker taker);
    }

    /** Takes links. */
    @FunctionalInterface
    public interface Taker {
        /** Takes one link between two objects by their numbers. */
        void take(int source, int target);
    }

    /** Tells all of them in their order, with ids. */
    void tell(SeedSink sink) {
        Taker taker = (source, target) -> sink.link(
                sources.collection(),
                sources.id().apply(source),
                relation,
                targets.id().apply(target));
        for (int number = from; number < to; number++) {
            telling.tell(number, taker);
        }
    }
}
