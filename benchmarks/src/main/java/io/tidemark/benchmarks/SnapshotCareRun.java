package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.ServiceName;
import io.tidemark.localstack.operator.Operator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** One snapshot through verification, export and import, measured by what the service says of each task and by the processes' time. */
final class SnapshotCareRun {

    private static final Duration LONG = Duration.ofMinutes(40);
    private static final double MILLIS = 1e3;

    private final LocalStack captured;
    private final Operator operator;
    private final String snapshot;
    private final long states;
    private final long objects;
    private final List<Timing> imports = new ArrayList<>();
    private final Figures figures = new Figures();

    private SnapshotCareRun(LocalStack stack, Operator operator, String snapshot, long states, long objects) {
        this.captured = stack;
        this.operator = operator;
        this.snapshot = snapshot;
        this.states = states;
        this.objects = objects;
        figures.add("store", stack.database().kind());
        figures.add("states: objects and links", states + ": " + objects + " and " + (states - objects));
    }

    /** How long a task took, and how long two processes worked on it: the service, and the one with store, broker and simulator. */
    private record Timing(double seconds, double service, double stack) {}

    /** Captures the tenant and waits for the seal. */
    static SnapshotCareRun capture(LocalStack stack) {
        Operator operator = new Operator(stack.console(), stack.tenant());
        String id = OrderedCapture.order(operator, operator.object().put("mode", "FULL"));
        JsonNode capture = OrderedCapture.sealed(operator, id, LONG);
        long states = 0;
        long objects = 0;
        for (JsonNode type : capture.path("types")) {
            states += type.path("present").asLong();
            objects += type.path("type").asText().contains(".")
                    ? 0
                    : type.path("present").asLong();
        }
        return new SnapshotCareRun(stack, operator, id, states, objects);
    }

    void verify(int runs) {
        String path = "/snapshots/" + snapshot;
        for (String level : List.of("STRUCTURE", "SAMPLE", "EVERY_BYTE")) {
            List<Timing> timings = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                ObjectNode order = operator.object().put("level", level);
                timings.add(timed(captured, () -> {
                    JsonNode ordered = operator.post(path + "/verify", order);
                    JsonNode ended = ended(
                            operator,
                            path + "/verifications/"
                                    + ordered.path("verificationId").asText());
                    String outcome = ended.path("verdict").path("outcome").asText();
                    if (!outcome.equals("INTACT")) {
                        throw new IllegalStateException("verification came to " + outcome);
                    }
                    return ended;
                }));
            }
            add("verify, " + level, timings);
        }
    }

    void export(SnapshotCopies copies) {
        String path = "/snapshots/" + snapshot + "/exports";
        for (SnapshotCopies.Sort sort : SnapshotCopies.Sort.values()) {
            List<Timing> timings = new ArrayList<>();
            for (String target : copies.targets(sort)) {
                ObjectNode order = operator.object().put("target", target);
                timings.add(timed(
                        captured,
                        () -> ended(
                                operator,
                                path + "/"
                                        + operator.post(path, order).path("id").asText())));
            }
            add("export, " + sort.words(), timings);
        }
    }

    /** Takes the encrypted bundle into a stack that knows nothing of the tenant. */
    void bringBack(LocalStack empty, SnapshotCopies copies) {
        Operator other = new Operator(empty.console(), empty.tenant());
        ObjectNode order = other.object()
                .put("target", copies.targets(SnapshotCopies.Sort.ENCRYPTED).get(0))
                .put("snapshot", snapshot);
        imports.add(timed(
                empty,
                () -> ended(
                        other,
                        "/copies/imports/"
                                + other.post("/copies/imports", order)
                                        .path("id")
                                        .asText())));
    }

    String table() {
        if (!imports.isEmpty()) {
            add("import, encrypted bundle, to sealed", imports);
        }
        return figures.table("care of one snapshot");
    }

    private static JsonNode ended(Operator operator, String path) {
        JsonNode task = operator.await(
                path,
                LONG,
                seen -> Set.of("DONE", "FAILED").contains(seen.path("state").asText()));
        if (!task.path("state").asText().equals("DONE")) {
            throw new IllegalStateException(
                    "task failed: " + task.path("reason").asText());
        }
        return task;
    }

    private static Timing timed(LocalStack stack, Supplier<JsonNode> work) {
        ProcessorTime before = ProcessorTime.of(stack);
        JsonNode task = work.get();
        ProcessorTime used = ProcessorTime.of(stack).since(before);
        Duration took = Duration.between(
                Instant.parse(task.path("createdAt").asText()),
                Instant.parse(task.path("endedAt").asText()));
        return new Timing(took.toMillis() / MILLIS, used.of(ServiceName.DIFF.module()), used.ofStack());
    }

    private void add(String what, List<Timing> timings) {
        List<Timing> ordered = new ArrayList<>(timings);
        ordered.sort(Comparator.comparingDouble(Timing::seconds));
        Timing median = ordered.get(ordered.size() / 2);
        figures.add(
                what,
                String.format(
                        Locale.ROOT,
                        "%.1f s, %.0f states/s, %.0f objects/s; processor: %.1f s service, %.1f s store and broker",
                        median.seconds(),
                        states / median.seconds(),
                        objects / median.seconds(),
                        median.service(),
                        median.stack()));
    }
}
