package io.tidemark.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.ServiceName;
import io.tidemark.localstack.operator.Operator;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.tenant.LedgerEntry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One restore from its order to its end: one person asks for it, another approves what the preview shows. */
final class Restoration {

    private static final Duration TO_PLAN = Duration.ofMinutes(5);
    private static final Duration TO_END = Duration.ofMinutes(60);
    private static final Set<String> ENDS = Set.of(
            "COMPLETED", "COMPLETED_WITH_WARNINGS", "PARTIALLY_FAILED", "FAILED", "CANCELED", "REJECTED", "EXPIRED");
    private static final int KILL_AFTER_STEPS = 40;

    /** How it went. */
    record Outcome(JsonNode view, Duration took, long writes, double writesPerSecond) {
        String state() {
            return view.path("state").asText();
        }
    }

    private final Operator operator;
    private final Narrator narrator;
    private final LocalStack stack;
    private boolean killing;

    Restoration(Operator operator, Narrator narrator, LocalStack stack) {
        this.operator = operator;
        this.narrator = narrator;
        this.stack = stack;
    }

    /** Kills the restore service once, in the middle of the next restore. */
    void killOnce() {
        killing = true;
    }

    /** Takes the objects, given as {@code type|id}, and their links back to a snapshot. */
    Outcome run(String reason, String snapshotId, List<String> objects) {
        long since = System.nanoTime();
        long ledger = stack.simulator().ledger().size();
        ObjectNode order = operator.object()
                .put("requestedBy", "operator@example.org")
                .put("reason", reason)
                .put("baseline", "snapshot:" + snapshotId);
        ArrayNode keys = order.putObject("selection").putArray("objects");
        objects.forEach(key -> keys.addObject()
                .put("type", key.substring(0, key.indexOf('|')))
                .put("id", key.substring(key.indexOf('|') + 1)));
        order.putObject("options").put("conditionalAccessState", "AS_RECORDED");
        String path = "/restores/"
                + operator.post("/restores", order).path("commandId").asText();

        JsonNode planned = operator.await(path, TO_PLAN, view -> {
            narrator.progress("planning", elapsed(since));
            return stateOf(view).equals("AWAITING_APPROVAL") || ENDS.contains(stateOf(view));
        });
        if (!stateOf(planned).equals("AWAITING_APPROVAL")) {
            throw new DemoException("the restore '" + reason + "' was not planned: " + stateOf(planned) + ", "
                    + planned.path("reason").asText());
        }
        preview(planned, elapsed(since));
        decide(path, "approve", planned);
        decide(path, "execute", planned);
        long started = System.nanoTime();
        JsonNode ended = operator.await(path, TO_END, view -> follow(view, started));
        return outcome(ended, elapsed(since), ledger);
    }

    private void preview(JsonNode view, Duration took) {
        JsonNode plan = view.path("plan");
        narrator.tell(String.format(
                Locale.ROOT,
                "preview: %d objects, %d steps, %d requests to Graph, %d points left open (%s s)",
                plan.path("objects").asInt(),
                plan.path("steps").asInt(),
                plan.path("writes").asInt(),
                plan.path("unrestorable").size(),
                Narrator.seconds(took)));
        plan.path("warnings").forEach(warning -> narrator.tell("note: " + warning.asText()));
    }

    private void decide(String path, String decision, JsonNode planned) {
        operator.post(
                path + "/" + decision,
                operator.object()
                        .put("decidedBy", "second.person@example.org")
                        .put("planHash", planned.path("planHash").asText())
                        .put("reason", "seen in the preview"));
    }

    private boolean follow(JsonNode view, long started) {
        JsonNode progress = view.path("progress");
        narrator.progress(
                String.format(
                        Locale.ROOT,
                        "%s: %d of %d steps, %.1f writes/s",
                        stateOf(view).toLowerCase(Locale.ROOT),
                        progress.path("done").asInt(),
                        progress.path("total").asInt(),
                        progress.path("writesPerSecond").asDouble()),
                elapsed(started));
        if (stateOf(view).equals("NEEDS_ATTENTION") || stateOf(view).equals("PAUSED")) {
            throw new DemoException(
                    "the restore stopped: " + view.path("reason").asText());
        }
        if (killing && stateOf(view).equals("RUNNING") && progress.path("done").asInt() >= KILL_AFTER_STEPS) {
            killing = false;
            long pid = stack.service(ServiceName.RESTORE).pid();
            stack.service(ServiceName.RESTORE).kill();
            narrator.tell("killed restore-service (process " + pid + ") after "
                    + progress.path("done").asInt() + " steps; starting it again");
            stack.service(ServiceName.RESTORE).restart();
            stack.service(ServiceName.RESTORE).awaitReady();
        }
        return ENDS.contains(stateOf(view));
    }

    private Outcome outcome(JsonNode ended, Duration took, long ledger) {
        String restorer = stack.clients().named(SampleClients.RESTORER).clientId();
        List<LedgerEntry> entries = stack.simulator().ledger().from(ledger + 1).stream()
                .filter(entry -> entry.appId().equalsIgnoreCase(restorer))
                .toList();
        Set<String> requests = new HashSet<>();
        entries.forEach(entry -> requests.add(entry.clientRequestId() + entry.path()));
        if (entries.isEmpty()) {
            return new Outcome(ended, took, 0, 0);
        }
        Duration writing = Duration.between(
                entries.get(0).time(), entries.get(entries.size() - 1).time());
        double rate = requests.size() * 1000.0 / Math.max(1, writing.toMillis());
        return new Outcome(ended, took, requests.size(), rate);
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static String stateOf(JsonNode view) {
        return view.path("state").asText();
    }
}
