package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.operator.Operator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Targeted captures, one after the other, as long as full ones run beside them; by what the services say of both. */
final class InterludeRun {

    private static final Duration LONG = Duration.ofMinutes(20);
    private static final double MILLIS = 1e3;

    private final Operator operator;
    private final List<String> users;
    private final List<Timing> beside = new ArrayList<>();
    private final List<Timing> after = new ArrayList<>();
    private final List<Double> fulls = new ArrayList<>();
    private int next;

    InterludeRun(LocalStack stack, List<String> users) {
        this.operator = new Operator(stack.console(), stack.tenant());
        this.users = users;
    }

    /** Seconds from the order of a targeted capture to when its reading began, had ended, and was sealed. */
    private record Timing(double started, double completed, double sealed) {

        String text() {
            return String.format(Locale.ROOT, "%.2f s, %.2f s, %.2f s", started, completed, sealed);
        }
    }

    /** Orders so many while full captures run, and as many again when none does. */
    void measure(int orders) {
        while (beside.size() < orders) {
            String full = OrderedCapture.order(operator, operator.object().put("mode", "FULL"));
            JsonNode begun = operator.await(
                    "/captures/" + full,
                    LONG,
                    seen -> !seen.path("state").asText().equals("QUEUED"));
            boolean running = begun.path("state").asText().equals("RUNNING");
            List<Timing> taken = new ArrayList<>();
            while (running && beside.size() + taken.size() < orders) {
                Timing timing = targeted();
                running =
                        operator.get("/captures/" + full).path("state").asText().equals("RUNNING");
                if (running) {
                    taken.add(timing);
                }
            }
            JsonNode ended = OrderedCapture.sealed(operator, full, LONG);
            fulls.add(seconds(ended, "startedAt", ended, "completedAt"));
            beside.addAll(taken);
        }
        while (after.size() < orders) {
            after.add(targeted());
        }
    }

    private Timing targeted() {
        ObjectNode order = operator.object().put("mode", "TARGETED");
        order.putArray("objects").addObject().put("type", "user").put("id", users.get(next % users.size()));
        next++;
        String id = OrderedCapture.order(operator, order);
        JsonNode capture = OrderedCapture.sealed(operator, id, LONG);
        JsonNode snapshot = operator.get("/snapshots/" + id);
        return new Timing(
                seconds(capture, "requestedAt", capture, "startedAt"),
                seconds(capture, "requestedAt", capture, "completedAt"),
                seconds(capture, "requestedAt", snapshot, "sealedAt"));
    }

    private static double seconds(JsonNode one, String from, JsonNode other, String to) {
        Instant begin = Instant.parse(one.path(from).asText());
        return Duration.between(begin, Instant.parse(other.path(to).asText())).toMillis() / MILLIS;
    }

    String table() {
        Figures figures = new Figures();
        figures.add("full captures, from start to end", fulls.toString());
        add(figures, "beside a full capture", beside);
        add(figures, "alone", after);
        return figures.table("targeted captures of one user: ordered → begun, read, sealed");
    }

    private static void add(Figures figures, String what, List<Timing> timings) {
        figures.add(what + ", number", Integer.toString(timings.size()));
        figures.add(what + ", median", median(timings).text());
        figures.add(what + ", longest", longest(timings).text());
    }

    private static Timing median(List<Timing> timings) {
        return at(timings, timings.size() / 2);
    }

    private static Timing longest(List<Timing> timings) {
        return at(timings, timings.size() - 1);
    }

    private static Timing at(List<Timing> timings, int place) {
        return new Timing(
                timings.stream().map(Timing::started).sorted().toList().get(place),
                timings.stream().map(Timing::completed).sorted().toList().get(place),
                timings.stream().map(Timing::sealed).sorted().toList().get(place));
    }
}
