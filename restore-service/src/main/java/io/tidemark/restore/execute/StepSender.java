package io.tidemark.restore.execute;

import io.tidemark.graph.write.WriteResult;
import io.tidemark.restore.plan.RestoreStep;
import java.util.List;
import java.util.Map;

/** Sends steps to Graph, each once. */
interface StepSender {

    /**
     * One step to send.
     *
     * @param requestId travels with it, so that Graph's own records name the step and the attempt
     * @param step the step, in the ids that things have now
     */
    record Outgoing(String requestId, RestoreStep step) {}

    /** Sends the steps, which write to different objects, and says of each what is known, by request id. */
    Map<String, WriteResult> send(List<Outgoing> steps);
}
