package io.tidemark.graph.audit;

import io.tidemark.directory.json.JsonArray;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.graph.read.Trail;
import io.tidemark.graph.transport.Address;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphRequest;
import io.tidemark.graph.transport.GraphResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads {@code auditLogs/directoryAudits}, oldest first, page by page. Five requests in ten seconds are all that Graph grants. */
public final class AuditLogReader {

    /** How long Graph keeps the log of a tenant with a premium licence; without one it is seven days. */
    public static final Duration RETENTION = Duration.ofDays(30);

    private static final int LARGEST_PAGE = 999;
    private static final int MOST_RESTARTS = 3;

    private final GraphConnection connection;
    private final Duration retention;

    public AuditLogReader(GraphConnection connection) {
        this(connection, RETENTION);
    }

    /** A reader for a tenant whose log is kept that long. */
    public AuditLogReader(GraphConnection connection, Duration retention) {
        this.connection = connection;
        this.retention = retention;
    }

    /**
     * What was read.
     *
     * @param from where reading began: later than asked for if the log does not reach back so far
     * @param to where it ended
     * @param events the events handed on, repeated ones included
     * @param requests the pages fetched
     */
    public record Reading(Instant from, Instant to, long events, long requests) {}

    /**
     * Reads the events of a span of time, both ends included. After an expired page it goes on from the last event's time, so an event can
     * come twice; ids tell.
     *
     * @throws GraphException if the log could not be read to its end
     */
    public Reading read(Instant from, Instant to, Consumer<JsonObject> sink) {
        Instant oldest = connection.settings().clock().instant().minus(retention);
        Instant start = from.isBefore(oldest) ? oldest : from;
        if (start.isAfter(to)) {
            return new Reading(start, to, 0, 0);
        }
        Progress progress = new Progress(start);
        for (int restarts = 0; ; restarts++) {
            try {
                readFrom(progress, to, sink);
                return new Reading(start, to, progress.events, progress.requests);
            } catch (GraphException e) {
                if (e.reason() != GraphException.Reason.EXPIRED_PAGE || restarts >= MOST_RESTARTS) {
                    throw e;
                }
            }
        }
    }

    /** How far the reading has come. Graph does not promise the order it was asked for, so it is watched. */
    private static final class Progress {

        private final Instant start;
        private Instant reached;
        private boolean inOrder = true;
        private long events;
        private long requests;

        Progress(Instant start) {
            this.start = start;
            this.reached = start;
        }

        void handedOn(JsonObject event) {
            events++;
            Instant at = time(event);
            inOrder &= !at.isBefore(reached);
            reached = at.isAfter(reached) ? at : reached;
        }

        Instant resumeAt() {
            return inOrder ? reached : start;
        }
    }

    private void readFrom(Progress progress, Instant to, Consumer<JsonObject> sink) {
        Optional<String> next = Optional.of(url(progress.resumeAt(), to));
        Trail trail = new Trail();
        while (next.isPresent()) {
            progress.requests++;
            JsonObject page = connection.send(GraphRequest.get(next.get()), AuditLogReader::page);
            for (JsonObject event : events(page)) {
                sink.accept(event);
                progress.handedOn(event);
            }
            next = page.findString("@odata.nextLink").map(trail::follow);
        }
    }

    private static JsonObject page(GraphResponse response) {
        JsonObject page = GraphConnection.success(response);
        List<JsonObject> checked = events(page);
        if (checked.stream()
                .anyMatch(
                        event -> event.findString("id").isEmpty() || time(event).equals(Instant.MIN))) {
            throw new IllegalArgumentException("an event has no id or no time");
        }
        return page;
    }

    private static List<JsonObject> events(JsonObject page) {
        if (!(page.find("value").orElse(null) instanceof JsonArray array)) {
            throw new IllegalArgumentException("a page has no value");
        }
        return array.elements().stream().map(AuditLogReader::event).toList();
    }

    private static Instant time(JsonObject event) {
        try {
            return event.findString("activityDateTime").map(Instant::parse).orElse(Instant.MIN);
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }

    private static JsonObject event(JsonValue value) {
        if (value instanceof JsonObject event) {
            return event;
        }
        throw new IllegalArgumentException("a page holds something that is no event");
    }

    private static String url(Instant from, Instant to) {
        String filter = "activityDateTime ge " + from.truncatedTo(ChronoUnit.MICROS) + " and activityDateTime le "
                + to.truncatedTo(ChronoUnit.MICROS);
        return "auditLogs/directoryAudits?$filter=" + Address.escape(filter) + "&$orderby="
                + Address.escape("activityDateTime asc") + "&$top=" + LARGEST_PAGE;
    }
}
