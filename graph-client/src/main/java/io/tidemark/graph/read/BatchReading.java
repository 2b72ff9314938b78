package io.tidemark.graph.read;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.Batch;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphRequest;
import io.tidemark.graph.transport.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads many addresses, twenty at a time. What a batch leaves open is asked for alone, with all the patience of a single request. */
final class BatchReading {

    private final GraphConnection connection;

    BatchReading(GraphConnection connection) {
        this.connection = connection;
    }

    /** Reads all addresses; the consumer gets an empty body for what is not there. */
    void read(Collection<String> urls, BiConsumer<String, Optional<JsonObject>> consumer) {
        Deque<String> waiting = new ArrayDeque<>(new LinkedHashSet<>(urls));
        while (!waiting.isEmpty()) {
            List<Batch.Part> parts = new ArrayList<>();
            while (!waiting.isEmpty() && parts.size() < Batch.LARGEST) {
                String url = waiting.remove();
                parts.add(new Batch.Part(
                        Integer.toString(parts.size() + 1),
                        Method.GET,
                        url,
                        Optional.empty(),
                        GraphRequest.get(url).clientRequestId()));
            }
            Map<String, Batch.Answer> answers = Batch.send(connection, parts);
            for (Batch.Part part : parts) {
                consumer.accept(part.url(), settled(part, Optional.ofNullable(answers.get(part.id()))));
            }
        }
    }

    private Optional<JsonObject> settled(Batch.Part part, Optional<Batch.Answer> answer) {
        if (answer.isPresent()) {
            if (answer.get().status() == 200 && answer.get().body().isPresent()) {
                return answer.get().body();
            }
            if (answer.get().status() == 404) {
                return Optional.empty();
            }
        }
        return Absence.asEmpty(() -> connection.fetch(GraphRequest.get(part.url())));
    }
}
