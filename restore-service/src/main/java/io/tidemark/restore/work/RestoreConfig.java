package io.tidemark.restore.work;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How restores are worked on. */
@ConfigMapping(prefix = "tidemark.restore")
public interface RestoreConfig {

    /** How long a worker that has died keeps others from its restore. */
    @WithDefault("PT15S")
    Duration lease();

    /** How many restores are worked on at a time. */
    @WithDefault("4")
    int workers();

    /** How often in a row a restore may fail to be carried on before it needs a person. */
    @WithDefault("5")
    int failures();

    Execution execution();

    Verification verification();

    Guard guard();

    /** How steps are carried out. */
    interface Execution {

        /** How many batches are on their way at a time. */
        @WithDefault("4")
        int parallelBatches();

        /** How long a step is tried before it is given up. */
        @WithDefault("PT30M")
        Duration patience();

        /** For how long after a creation a "not found" is taken for lateness. */
        @WithDefault("PT12M")
        Duration replicationPatience();

        /** How often the tenant must not show a write of unknown outcome before it is sent again. */
        @WithDefault("3")
        int unknownReads();

        /** How long to wait between these reads. */
        @WithDefault("PT2S")
        Duration unknownInterval();

        /** The wait before a second try. */
        @WithDefault("PT0.5S")
        Duration firstBackoff();

        /** The longest wait between two tries. */
        @WithDefault("PT1M")
        Duration longestBackoff();
    }

    /** When a written value counts as seen. */
    interface Verification {

        /** How many reads in a row must show it. */
        @WithDefault("2")
        int reads();

        /** How long to wait between two reads. */
        @WithDefault("PT1S")
        Duration interval();

        /** How long to wait for values to show. */
        @WithDefault("PT5M")
        Duration patience();
    }

    /** What must not be touched or needs a second person. */
    interface Guard {

        /** Ids of the accounts that must be able to sign in whatever happens. */
        Optional<Set<String>> breakGlass();

        /** A plan that touches more objects needs an approver other than the requester. */
        @WithDefault("50")
        int fourEyesAbove();

        /** A plan that touches more objects is refused, unless the command itself allows as many. */
        @WithDefault("20000")
        int maxObjects();

        /** A plan that deletes more objects is refused. */
        @WithDefault("20")
        int maxDeletions();

        /** The share of a kind's objects above which a plan needs an approver other than the requester. */
        @WithDefault("0.2")
        double maxShare();

        /** Words of protected kinds that may be written all the same. */
        Optional<Set<String>> allowedKinds();

        /** How long a plan may wait before it has to be made again. */
        @WithDefault("PT4H")
        Duration planLifetime();
    }
}
