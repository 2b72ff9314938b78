package io.tidemark.diff.seal;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.runtime.problem.ProblemException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a snapshot that retention has dropped.
 *
 * @param id its id
 * @param mode how it was captured
 * @param was its state before
 * @param instant the moment that it stood for; null if its capture never ended
 * @param droppedAt when it was dropped
 * @param rule by which rule
 * @param policy the policy of then
 */
public record DroppedSnapshot(
        String id,
        CaptureMode mode,
        Snapshot.State was,
        @Nullable Instant instant,
        Instant droppedAt,
        Rule rule,
        String policy) {

    private static final int GONE = 410;

    /** What requests for it are answered. */
    public ProblemException gone() {
        Map<String, String> about =
                new HashMap<>(Map.of("droppedAt", droppedAt.toString(), "rule", rule.name(), "policy", policy));
        if (instant != null) {
            about.put("instant", instant.toString());
        }
        return new ProblemException(
                GONE,
                "snapshot-dropped",
                "snapshot " + id + " was dropped by retention at " + droppedAt + ": " + rule.meaning,
                about);
    }

    /** Why a snapshot was dropped. */
    public enum Rule {
        /** It is older than the window and was never sealed. */
        NOT_SEALED("it was older than the window and never sealed"),
        /** It is older than the window and not of a full capture. */
        NOT_FULL("it was older than the window and not of a full capture"),
        /** It is older than the window and not the first good full one of a day, week or month that is still counted. */
        NOT_FIRST(
                "it was older than the window and not the first good full one of a day, week or month that still counts");

        private final String meaning;

        Rule(String meaning) {
            this.meaning = meaning;
        }
    }
}
