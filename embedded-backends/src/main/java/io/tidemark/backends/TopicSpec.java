package io.tidemark.backends;

import java.util.Map;

/**
 * How a topic is to be made.
 *
 * @param partitions how many partitions it has
 * @param compacted whether only the newest record of a key is kept
 */
public record TopicSpec(int partitions, boolean compacted) {

    Map<String, String> settings() {
        return compacted
                ? Map.of("cleanup.policy", "compact", "compression.type", "producer")
                : Map.of("compression.type", "producer");
    }
}
