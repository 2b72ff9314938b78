package io.tidemark.graph.write;

import io.tidemark.graph.transport.Batch;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends up to twenty changes in one request. Batches save round trips, not quota. Graph works on the parts side by side, so no two parts
 * should change the same object. Each change keeps its client request id as its id in the batch.
 */
public final class BatchWriter {

    private final GraphConnection connection;

    public BatchWriter(GraphConnection connection) {
        this.connection = connection;
    }

    /**
     * Sends the changes and says of each what is known. No part is ever sent twice: what was rejected for too many requests comes back as
     * {@link WriteResult.Throttled}.
     *
     * @return a result for each change, by client request id, in the order given
     * @throws IllegalArgumentException if there are none, more than {@link Batch#LARGEST}, two of one id, or one that must not be batched
     */
    public Map<String, WriteResult> send(List<DirectoryWrite> writes) {
        if (writes.stream().anyMatch(DirectoryWrite::slow)) {
            throw new IllegalArgumentException("Conditional Access has a slow lane of its own and is never batched");
        }
        URI graphUrl = connection.settings().graphUrl();
        Map<String, WriteResult> results = new LinkedHashMap<>();
        try {
            Map<String, Batch.Answer> answers = Batch.send(
                    connection,
                    writes.stream().map(write -> write.part(graphUrl)).toList());
            for (DirectoryWrite write : writes) {
                Batch.Answer answer = answers.get(write.clientRequestId());
                results.put(
                        write.clientRequestId(), answer == null ? new WriteResult.Unknown(0, "") : Results.of(answer));
            }
        } catch (GraphException e) {
            writes.forEach(write -> results.put(write.clientRequestId(), Results.of(e)));
        }
        return results;
    }
}
