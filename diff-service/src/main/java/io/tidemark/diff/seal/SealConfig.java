package io.tidemark.diff.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a snapshot is sealed, doubted or given up. */
@ConfigMapping(prefix = "tidemark.seal")
public interface SealConfig {

    /** How often pending snapshots are looked at. */
    @WithDefault("PT0.5S")
    Duration every();

    /** How large a part of a type may vanish between two full snapshots before the later one is suspect. */
    @WithDefault("0.2")
    double suspectShrink();

    /** How many of a type must vanish at least before a snapshot is suspect, so that small types may change freely. */
    @WithDefault("10")
    long suspectAtLeast();

    /** How often a snapshot is examined that cannot be, for a reason that nobody foresaw, before it counts as incomplete. */
    @WithDefault("12")
    int attempts();

    /** The longest time between two of those attempts. */
    @WithDefault("PT5M")
    Duration longestPause();

    /** How long after the news of its capture's end a snapshot whose states have not all arrived is given up. */
    @WithDefault("PT24H")
    Duration patience();
}
