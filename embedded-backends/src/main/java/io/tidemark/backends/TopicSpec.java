package io.tidemark.backends;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a topic is to be made.
 *
 * @param partitions how many partitions it has
 * @param compacted whether only the newest record of a key is kept
 * @param retention how long records are kept; null if compacted ones are kept for good, and others as long as the broker usually does
 */
public record TopicSpec(
        int partitions, boolean compacted, @Nullable Duration retention) {

    public TopicSpec(int partitions, boolean compacted) {
        this(partitions, compacted, null);
    }

    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("compression.type", "producer");
        if (compacted) {
            settings.put("cleanup.policy", retention == null ? "compact" : "compact,delete");
        }
        if (retention != null) {
            settings.put("retention.ms", Long.toString(retention.toMillis()));
        }
        return settings;
    }
}
