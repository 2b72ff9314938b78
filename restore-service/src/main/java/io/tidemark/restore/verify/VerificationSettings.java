package io.tidemark.restore.verify;

import java.time.Duration;

/**
 * When a written value counts as seen.
 *
 * @param reads how many reads in a row must show it, since Graph's replicas answer differently
 * @param interval how long to wait between two reads
 * @param patience how long to wait for values to show
 */
public record VerificationSettings(int reads, Duration interval, Duration patience) {

    public VerificationSettings {
        if (reads < 1) {
            throw new IllegalArgumentException("a written value must be read back at least once");
        }
    }
}
