package io.tidemark.graph.read;

import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.transport.Batch;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import io.tidemark.graph.transport.GraphRequest;
import io.tidemark.graph.transport.Method;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Reads many addresses, twenty at a time. What was rejected for too many requests goes into a later batch, after the longest time that Graph
 * asked for; whatever else a batch leaves open is asked for alone, with all the patience of a single request.
 */
final class BatchReading {

    private static final int FOUND = 200;
    private static final Set<Reason> REFUSED = EnumSet.of(Reason.FORBIDDEN, Reason.NOT_FOUND, Reason.NOT_IMPLEMENTED);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MOST_ROUNDS = 5;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

    private final GraphConnection connection;

    BatchReading(GraphConnection connection) {
        this.connection = connection;
    }

    /** Reads all addresses; the consumer gets an empty body for what is not there. */
    void read(Collection<String> urls, BiConsumer<String, Optional<JsonObject>> consumer) {
        Collection<String> open = new LinkedHashSet<>(urls);
        for (int round = 1; !open.isEmpty(); round++) {
            Rejected rejected = new Rejected(round < MOST_ROUNDS);
            Deque<String> waiting = new ArrayDeque<>(open);
            while (!waiting.isEmpty()) {
                List<Batch.Part> parts = next(waiting);
                Map<String, Batch.Answer> answers = Batch.send(connection, parts);
                for (Batch.Part part : parts) {
                    Optional<Batch.Answer> answer = Optional.ofNullable(answers.get(part.id()));
                    if (!rejected.takes(part, answer)) {
                        consumer.accept(part.url(), settled(part, answer));
                    }
                }
            }
            open = rejected.urls;
            if (!open.isEmpty()) {
                stayAway(rejected.pause);
            }
        }
    }

    /**
     * Asks for all addresses once and at a time. The consumers get what was answered well and what was refused for good; of the rest they hear nothing.
     *
     * @return how many requests that took
     */
    int readOnce(
            Collection<String> urls, BiConsumer<String, JsonObject> found, BiConsumer<String, GraphException> refused) {
        Deque<String> waiting = new ArrayDeque<>(new LinkedHashSet<>(urls));
        Map<List<Batch.Part>, Ahead<Map<String, Batch.Answer>>> sent = new LinkedHashMap<>();
        while (!waiting.isEmpty()) {
            List<Batch.Part> parts = next(waiting);
            sent.put(parts, Ahead.fetch(() -> Batch.send(connection, parts)));
        }
        sent.forEach((parts, ahead) -> {
            Map<String, Batch.Answer> answers = ahead.result();
            for (Batch.Part part : parts) {
                Optional<Batch.Answer> answer = Optional.ofNullable(answers.get(part.id()));
                answer.filter(given -> given.status() == FOUND)
                        .flatMap(Batch.Answer::body)
                        .ifPresent(body -> found.accept(part.url(), body));
                answer.filter(given -> given.status() >= 400)
                        .map(given -> GraphException.refused(part, given))
                        .filter(why -> REFUSED.contains(why.reason()))
                        .ifPresent(why -> refused.accept(part.url(), why));
            }
        });
        return sent.size();
    }

    private static List<Batch.Part> next(Deque<String> waiting) {
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
        return parts;
    }

    private Optional<JsonObject> settled(Batch.Part part, Optional<Batch.Answer> answer) {
        if (answer.isPresent()) {
            if (answer.get().status() == FOUND
                    && answer.get().body().filter(BatchReading::isNoError).isPresent()) {
                return answer.get().body();
            }
            if (answer.get().status() == 404) {
                return Optional.empty();
            }
        }
        return Absence.asEmpty(() -> connection.fetch(GraphRequest.get(part.url())));
    }

    /** Some errors call themselves success. */
    private static boolean isNoError(JsonObject body) {
        return body.find("error").filter(JsonObject.class::isInstance).isEmpty();
    }

    private void stayAway(Duration pause) {
        try {
            connection.settings().sleeper().sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GraphException.cancelled();
        }
    }

    /** What one round leaves for the next, and how long to stay away before it. */
    private static final class Rejected {

        private final boolean another;
        private final List<String> urls = new ArrayList<>();
        private Duration pause = SHORTEST_PAUSE;

        Rejected(boolean another) {
            this.another = another;
        }

        boolean takes(Batch.Part part, Optional<Batch.Answer> answer) {
            if (!another || answer.isEmpty() || answer.get().status() != TOO_MANY_REQUESTS) {
                return false;
            }
            Duration asked = answer.get().retryAfter().orElse(Duration.ZERO);
            pause = asked.compareTo(pause) > 0 ? asked : pause;
            urls.add(part.url());
            return true;
        }
    }
}
