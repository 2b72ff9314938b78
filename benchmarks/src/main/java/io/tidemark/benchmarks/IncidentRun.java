package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.operator.Operator;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.incident.Incident;
import io.tidemark.simulator.sample.incident.IncidentRunner;
import io.tidemark.simulator.tenant.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One run through capture, incident, report and restore, measured from outside: by the services' HTTP and the simulator's ledger. */
final class IncidentRun {

    private static final Duration LONG = Duration.ofHours(3);
    private static final Set<String> RESTORE_ENDS = Set.of(
            "COMPLETED", "COMPLETED_WITH_WARNINGS", "PARTIALLY_FAILED", "FAILED", "CANCELED", "REJECTED", "EXPIRED");

    /** Graph's write bucket when it is full; what is written beyond it is bound to the refill. */
    private static final int BURST = 3_000;

    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    private final LocalStack stack;
    private final Operator operator;
    private final Figures figures = new Figures();

    IncidentRun(LocalStack stack) {
        this.stack = stack;
        this.operator = new Operator(stack.console(), stack.tenant());
    }

    /** Plays the whole; the table says on which store. */
    String measure(int wiped) {
        figures.add("store", stack.database().kind());
        String snapshot = capture("FULL", "full capture, request to sealed");
        if (wiped > 0) {
            incident(snapshot, wiped);
        } else {
            capture("INCREMENTAL", "incremental capture of the quiet tenant");
        }
        stack.residentBytes().forEach((name, bytes) -> figures.add("resident memory, " + name, bytes / 1e6, "MB"));
        return figures.table(stack.options().content().users() + " users, " + wiped + " wiped");
    }

    private void incident(String snapshot, int wiped) {
        stack.simulator().quotas().mode(QuotaMode.OFF);
        IncidentRunner.of(
                        stack.simulator().graphUrl(), stack.simulator().authorityUrl(), stack.tenant(), stack.clients())
                .play(Incident.named("department-wipe").with("count", Integer.toString(wiped)));
        stack.simulator().quotas().mode(QuotaMode.REAL);
        capture("INCREMENTAL", "incremental capture after the incident");
        capture("INCREMENTAL", "incremental capture of the quiet tenant");
        report(snapshot);
        restore(snapshot);
    }

    private String capture(String mode, String what) {
        ProcessorTime before = ProcessorTime.of(stack);
        long since = System.nanoTime();
        String id = OrderedCapture.order(operator, operator.object().put("mode", mode));
        JsonNode view = OrderedCapture.sealed(operator, id, LONG);
        double seconds = (System.nanoTime() - since) / NANOS;
        ProcessorTime used = ProcessorTime.of(stack).since(before);
        figures.add(what, seconds, "s");
        figures.add(what + ", requests", view.path("requests").asText());
        if (mode.equals("FULL")) {
            states(view, seconds, used);
            slowest(view);
        }
        figures.add(what + ", processor time", used.text());
        figures.add(what + ", cores kept busy", used.total() / seconds, "");
        return id;
    }

    /** Objects and links are told apart, for there are many times as many links and each is less work. */
    private void states(JsonNode capture, double seconds, ProcessorTime used) {
        long objects = 0;
        long links = 0;
        for (JsonNode type : capture.path("types")) {
            long published = type.path("published").asLong();
            if (type.path("type").asText().contains(".")) {
                links += published;
            } else {
                objects += published;
            }
        }
        figures.add("full capture, published", objects + " objects, " + links + " links");
        figures.add("full capture, objects", objects / seconds, "objects/s");
        figures.add("full capture, links", links / seconds, "links/s");
        figures.add("full capture, objects and links", (objects + links) / seconds, "states/s");
        double each = MICROS / Math.max(1, objects + links);
        figures.add("full capture, processor time of snapshot-service", used.of("snapshot-service") * each, "µs/state");
        figures.add("full capture, processor time of diff-service", used.of("diff-service") * each, "µs/state");
    }

    /** Which type took longest, and when everything else had been read: Graph's slowest quota is told apart from our own speed. */
    private void slowest(JsonNode capture) {
        Instant began = Instant.parse(capture.path("startedAt").asText());
        TreeMap<Instant, List<JsonNode>> byEnd = new TreeMap<>();
        for (JsonNode type : capture.path("types")) {
            if (type.path("reading").has("endedAt")) {
                byEnd.computeIfAbsent(
                                Instant.parse(
                                        type.path("reading").path("endedAt").asText()),
                                end -> new ArrayList<>())
                        .add(type);
            }
        }
        if (byEnd.size() < 2) {
            return;
        }
        Map.Entry<Instant, List<JsonNode>> last = byEnd.pollLastEntry();
        String types =
                last.getValue().stream().map(type -> type.path("type").asText()).collect(Collectors.joining(", "));
        double states = byEnd.values().stream()
                .flatMap(List::stream)
                .mapToLong(type -> type.path("published").asLong())
                .sum();
        double seconds = seconds(began, byEnd.lastKey());
        figures.add("full capture, read last: " + types, seconds(began, last.getKey()), "s");
        figures.add("full capture, everything else read after", seconds, "s");
        figures.add("full capture, everything else", states / seconds, "states/s");
    }

    private static double seconds(Instant from, Instant to) {
        return Math.max(1, Duration.between(from, to).toMillis()) / 1000.0;
    }

    private void report(String snapshot) {
        long since = System.nanoTime();
        ObjectNode order = operator.object().put("from", "snapshot:" + snapshot).put("to", "latest");
        String path =
                "/reports/" + operator.post("/reports", order).path("reportId").asText();
        JsonNode view = operator.await(
                path,
                LONG,
                seen -> Set.of("READY", "FAILED").contains(seen.path("state").asText()));
        figures.add("report snapshot to latest, request to ready", (System.nanoTime() - since) / NANOS, "s");
        figures.add("report, comparing and attributing", view.path("millis").asDouble() / 1000, "s");
        figures.add("report, items", view.path("items").asText());
    }

    private void restore(String snapshot) {
        long since = System.nanoTime();
        long ledger = stack.simulator().ledger().size();
        ObjectNode order =
                operator.object().put("requestedBy", "operator@example.org").put("baseline", "snapshot:" + snapshot);
        order.putObject("selection").putArray("types").add("user").add("group");
        String path = "/restores/"
                + operator.post("/restores", order).path("commandId").asText();
        JsonNode planned = operator.await(
                path,
                LONG,
                seen -> seen.path("state").asText().equals("AWAITING_APPROVAL")
                        || RESTORE_ENDS.contains(seen.path("state").asText()));
        figures.add("restore, planned after", (System.nanoTime() - since) / NANOS, "s");
        for (String decision : List.of("approve", "execute")) {
            operator.post(
                    path + "/" + decision,
                    operator.object()
                            .put("decidedBy", "second.person@example.org")
                            .put("planHash", planned.path("planHash").asText()));
        }
        JsonNode ended = operator.await(
                path, LONG, seen -> RESTORE_ENDS.contains(seen.path("state").asText()));
        figures.add("restore, ended as", ended.path("state").asText());
        figures.add("restore, submitted to verified", (System.nanoTime() - since) / NANOS, "s");
        writes(ledger);
    }

    /** Graph counts requests, and one request may bind twenty members: both rates are told. */
    private void writes(long ledger) {
        String restorer = stack.clients().named(SampleClients.RESTORER).clientId();
        List<Instant> effects = new ArrayList<>();
        Map<String, Instant> requests = new LinkedHashMap<>();
        for (LedgerEntry entry : stack.simulator().ledger().from(ledger + 1)) {
            if (entry.appId().equalsIgnoreCase(restorer)) {
                effects.add(entry.time());
                requests.putIfAbsent(entry.clientRequestId(), entry.time());
            }
        }
        List<Instant> writes = List.copyOf(requests.values());
        figures.add("restore, requests to Graph that write", Integer.toString(writes.size()));
        figures.add("restore, effects (attributes, managers, members)", Integer.toString(effects.size()));
        if (writes.size() > 1) {
            figures.add("restore, writes/s over all", rate(writes), "writes/s");
            figures.add("restore, effects/s over all", rate(effects), "effects/s");
        }
        if (writes.size() > BURST + 100) {
            figures.add(
                    "restore, writes/s after the burst of " + BURST,
                    rate(writes.subList(BURST, writes.size())),
                    "writes/s");
        }
    }

    private static double rate(List<Instant> writes) {
        Duration writing = Duration.between(writes.get(0), writes.get(writes.size() - 1));
        return (writes.size() - 1) * 1000.0 / Math.max(1, writing.toMillis());
    }
}
