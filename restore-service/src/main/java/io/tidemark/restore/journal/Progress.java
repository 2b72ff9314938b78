package io.tidemark.restore.journal;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a restore is.
 *
 * @param byState how many steps are in which state
 * @param total how many steps there are
 * @param done how many have ended
 * @param failed how many of them failed
 * @param writesPerSecond how fast it went lately
 * @param eta when it will be through, as far as can be told
 */
public record Progress(
        Map<String, Long> byState,
        int total,
        int done,
        int failed,
        double writesPerSecond,
        @Nullable Instant eta) {

    public static final Progress NONE = new Progress(Map.of(), 0, 0, 0, 0, null);

    public Progress {
        byState = byState == null ? Map.of() : Map.copyOf(byState);
    }
}
