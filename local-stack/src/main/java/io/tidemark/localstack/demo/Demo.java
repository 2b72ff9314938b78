package io.tidemark.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.operator.Operator;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.incident.Incident;
import io.tidemark.simulator.sample.incident.IncidentRunner;
import io.tidemark.simulator.sample.incident.IncidentSummary;
import io.tidemark.simulator.tenant.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The incident of 500 users from the first capture to the last report, as an operator meets it: everything goes through the entry point, and
 * what is found is held against what the simulated tenant itself says.
 */
final class Demo {

    private static final Duration CAPTURE = Duration.ofMinutes(15);
    private static final Duration REPORT = Duration.ofMinutes(5);
    private static final Duration INGESTION = Duration.ofMinutes(5);
    private static final int VICTIMS = 500;
    private static final int USERS_PER_VICTIM = 10;

    private final LocalStack stack;
    private final Narrator narrator;
    private final Operator operator;
    private final Restoration restoration;
    private final Announced announced = new Announced();

    Demo(LocalStack stack, Narrator narrator, boolean kill) {
        this.stack = stack;
        this.narrator = narrator;
        this.operator = new Operator(stack.console(), stack.tenant());
        this.restoration = new Restoration(operator, narrator, stack);
        if (kill) {
            restoration.killOnce();
        }
    }

    /** Plays all of it. What was not as it must be stands in the closing table. */
    void play() {
        TenantPicture before = TenantPicture.of(stack.simulator().tenant());
        narrator.act(1, "The tenant");
        narrator.tell(stack.tenant() + ": " + figures(before.counts()));

        narrator.act(2, "First full capture");
        JsonNode snapshot = capture("FULL", "before the incident");
        String snapshotId = snapshot.path("snapshotId").asText();
        narrator.check("objects and links in the sealed snapshot", before.counts(), counts(snapshot));

        narrator.act(3, "The incident");
        IncidentSummary incident = incident();
        TenantPicture after = TenantPicture.of(stack.simulator().tenant());

        narrator.act(4, "What happened, and who did it");
        ingest(stack.simulator().clock().instant());
        JsonNode sight = capture("INCREMENTAL", "after the incident");
        narrator.tell("the incremental capture is " + sight.path("state").asText());
        JsonNode report = report("snapshot:" + snapshotId, "live");
        compare("report", before.to(after), report);
        actors(incident, report);

        narrator.act(5, "Restore");
        restore(incident, snapshotId);

        narrator.act(6, "The last report");
        last(snapshotId, before);
    }

    private IncidentSummary incident() {
        long since = System.nanoTime();
        int users = stack.simulator().tenant().count(Kinds.all().get("users"));
        int count = Math.min(VICTIMS, Math.max(1, users / USERS_PER_VICTIM));
        narrator.tell("a script of the personnel department goes wrong for " + count + " users ...");
        // Faults are for the product to survive; the script would only take longer.
        List<FaultRule> faults = stack.simulator().faults().rules();
        stack.simulator().faults().clear();
        IncidentSummary summary = IncidentRunner.of(
                        stack.simulator().graphUrl(), stack.simulator().authorityUrl(), stack.tenant(), stack.clients())
                .play(Incident.named("department-wipe").with("count", Integer.toString(count)));
        faults.forEach(stack.simulator().faults()::add);
        summary.steps()
                .forEach(step -> narrator.tell(String.format(
                        Locale.ROOT,
                        "%-20s %5d requests, %d refused",
                        step.step(),
                        step.effects().size(),
                        step.refused().size())));
        narrator.note("incident", summary.effects() + " requests of two applications", elapsed(since));
        return summary;
    }

    private JsonNode capture(String mode, String label) {
        long since = System.nanoTime();
        ObjectNode order =
                operator.object().put("mode", mode).put("label", label).put("pin", true);
        String id = operator.post("/captures", order).path("captureId").asText();
        JsonNode capture = operator.await("/captures/" + id, CAPTURE, view -> {
            narrator.progress(
                    mode.toLowerCase(Locale.ROOT) + " capture: "
                            + view.path("state").asText() + ", "
                            + view.path("objectsRead").asLong() + " read",
                    elapsed(since));
            return view.path("sealed").asBoolean()
                    || Set.of("INCOMPLETE", "FAILED")
                            .contains(view.path("state").asText());
        });
        Duration took = elapsed(since);
        if (!capture.path("sealed").asBoolean()) {
            throw new DemoException(
                    "the capture did not become whole: " + capture.path("state").asText() + ", "
                            + capture.path("reason").asText());
        }
        JsonNode snapshot = operator.get("/snapshots/" + id);
        long read = capture.path("objectsRead").asLong();
        narrator.tell(String.format(
                Locale.ROOT,
                "sealed after %s s: %d objects and links read with %d requests",
                Narrator.seconds(took),
                read,
                capture.path("requests").asLong()));
        narrator.note(
                mode.toLowerCase(Locale.ROOT) + " capture until sealed",
                String.format(Locale.ROOT, "%d read, %.0f/s", read, read * 1000.0 / Math.max(1, took.toMillis())),
                took);
        return snapshot;
    }

    private void ingest(Instant until) {
        long since = System.nanoTime();
        operator.post("/ingestion/poll", operator.object());
        JsonNode state = operator.await("/ingestion", INGESTION, view -> {
            narrator.progress("reading the audit log: " + view.path("events").asLong() + " entries", elapsed(since));
            String read = view.path("lastPollAt").asText("");
            return !read.isEmpty() && Instant.parse(read).isAfter(until);
        });
        narrator.note("audit log read", state.path("events").asLong() + " entries", elapsed(since));
    }

    private JsonNode report(String from, String to) {
        long since = System.nanoTime();
        ObjectNode order = operator.object().put("from", from).put("to", to);
        TenantPicture.kinds().forEach(order.putArray("types")::add);
        String id = operator.post("/reports", order).path("reportId").asText();
        JsonNode report = operator.await("/reports/" + id, REPORT, view -> {
            narrator.progress("report: " + view.path("state").asText(), elapsed(since));
            return Set.of("READY", "FAILED").contains(view.path("state").asText());
        });
        if (!report.path("state").asText().equals("READY")) {
            throw new DemoException(
                    "the report failed: " + report.path("reason").asText());
        }
        narrator.note(
                "difference report " + from.substring(0, from.indexOf(':')) + " to " + to,
                report.path("items").asLong() + " items, "
                        + report.path("millis").asLong() + " ms to compare",
                elapsed(since));
        return report;
    }

    private void compare(String what, TenantDifference truth, JsonNode report) {
        JsonNode counts = report.path("counts");
        narrator.check(what + ": objects", truth.objects(), TenantDifference.objects(counts));
        narrator.check(what + ": properties", truth.properties(), TenantDifference.properties(counts));
        narrator.check(what + ": links", truth.links(), TenantDifference.links(counts));
        TenantDifference.objects(counts).forEach((kind, count) -> narrator.tell(count + " " + kind));
        TenantDifference.properties(counts).forEach((path, count) -> narrator.tell(count + " " + path));
        TenantDifference.links(counts).forEach((link, count) -> narrator.tell(count + " " + link));
    }

    private void actors(IncidentSummary incident, JsonNode report) {
        for (JsonNode one : report.path("counts").path("byActor")) {
            JsonNode actor = one.path("actor");
            narrator.tell(String.format(
                    Locale.ROOT,
                    "by %s (app %s) from %s: %d changes to %d objects",
                    actor.path("name").asText("?"),
                    actor.path("appId").asText("-"),
                    actor.path("ipAddress").asText("?"),
                    one.path("changes").asLong(),
                    one.path("items").asLong()));
        }
        String path = "/reports/" + report.path("reportId").asText() + "/items?type=";
        attributed(path + "user", incident, "clear-attributes", SampleClients.HR_SYNC);
        attributed(path + "conditionalAccessPolicy", incident, "weaken-policy", SampleClients.HELPDESK_TOOL);
        attributed(path + "group", incident, "delete-group", SampleClients.HELPDESK_TOOL);
        attributed(path + "application", incident, "purge-application", SampleClients.HELPDESK_TOOL);
    }

    private void attributed(String path, IncidentSummary incident, String step, String client) {
        String appId = stack.clients().named(client).clientId();
        Set<String> wanted = new TreeSet<>(incident.step(step).objectIds());
        Set<String> found = new TreeSet<>();
        for (JsonNode item : operator.all(path + "&actor=" + appId, "items")) {
            boolean located = false;
            for (JsonNode attribution : item.path("attribution")) {
                located |= attribution.path("actor").path("appId").asText().equalsIgnoreCase(appId)
                        && !attribution
                                .path("actor")
                                .path("ipAddress")
                                .asText("")
                                .isEmpty()
                        && attribution.hasNonNull("occurredAt");
            }
            if (located) {
                found.add(item.path("id").asText());
            }
        }
        found.retainAll(wanted);
        narrator.check(step + ": attributed to " + client, wanted.size(), found.size());
    }

    private void restore(IncidentSummary incident, String snapshotId) {
        List<String> users = incident.step("clear-attributes").objectIds().stream()
                .map(id -> "user|" + id)
                .toList();
        narrator.tell("the " + users.size() + " users: attributes, managers, memberships");
        ended("restore of the users", restoration.run("wiped department", snapshotId, users));

        List<String> others = new ArrayList<>();
        incident.step("weaken-policy").objectIds().forEach(id -> others.add("conditionalAccessPolicy|" + id));
        incident.step("delete-group").objectIds().forEach(id -> others.add("group|" + id));
        for (String id : incident.step("purge-application").objectIds()) {
            others.add("application|" + id);
            String principal = principalOf(id, snapshotId);
            if (principal != null) {
                others.add("servicePrincipal|" + principal);
            }
        }
        narrator.tell("the policy, the group, the purged application and its service principal");
        ended("restore of the rest", restoration.run("misuse of the support tool", snapshotId, others));
        narrator.check("effects that Graph saw twice", 0L, effectsSeenTwice());
    }

    private void ended(String what, Restoration.Outcome outcome) {
        announced.add(outcome.view());
        narrator.tell(what + ": " + outcome.state());
        narrator.note(
                what,
                String.format(
                        Locale.ROOT,
                        "%s, %d writes, %.1f/s",
                        outcome.state(),
                        outcome.writes(),
                        outcome.writesPerSecond()),
                outcome.took());
        boolean good = Set.of("COMPLETED", "COMPLETED_WITH_WARNINGS").contains(outcome.state());
        narrator.check(what + " ended well", true, good);
    }

    private @Nullable String principalOf(String applicationId, String snapshotId) {
        String appId = objectAt("application", applicationId, "snapshot:" + snapshotId)
                .at("/body/appId")
                .asText();
        return stack.simulator().tenant().read(() -> {
            for (LedgerEntry entry : stack.simulator().ledger().entries()) {
                JsonNode was = entry.before();
                if (entry.collection().equals("servicePrincipals")
                        && was != null
                        && was.path("appId").asText().equals(appId)) {
                    return entry.objectId();
                }
            }
            return null;
        });
    }

    private JsonNode objectAt(String type, String id, String moment) {
        return operator.get("/objects/" + type + "/" + id + "?at=" + moment);
    }

    /** What the restorer did more than once to the same thing: nothing, whoever was killed or cut off. */
    private long effectsSeenTwice() {
        String restorer = stack.clients().named(SampleClients.RESTORER).clientId();
        Set<String> seen = new HashSet<>();
        return stack.simulator().ledger().entries().stream()
                .filter(entry -> entry.appId().equalsIgnoreCase(restorer))
                .filter(entry -> !seen.add(String.join(
                        "|",
                        entry.effect().name(),
                        entry.objectId(),
                        entry.relation(),
                        entry.targetId(),
                        entry.relation() == null ? entry.bodyHash() : "")))
                .count();
    }

    private void last(String snapshotId, TenantPicture before) {
        announced.ids().forEach((old, now) -> narrator.tell("created anew: " + old + " is now " + now));
        renamedClients(snapshotId);
        announced.lines().forEach(line -> narrator.tell("announced: " + line));
        JsonNode report = report("snapshot:" + snapshotId, "live");
        List<String> unexplained = new ArrayList<>();
        Set<String> differing = new TreeSet<>();
        for (JsonNode item : operator.all("/reports/" + report.path("reportId").asText() + "/items", "items")) {
            unexplained.addAll(announced.unexplained(item));
            differing.add(item.path("type").asText() + "|" + item.path("id").asText());
        }
        unexplained.stream().limit(20).forEach(line -> narrator.tell("not announced: " + line));
        narrator.note("objects that differ in the end, all announced", Integer.toString(differing.size()));
        narrator.check("differences that nobody announced", 0, unexplained.size());
        TenantDifference truth = before.to(TenantPicture.of(stack.simulator().tenant()));
        narrator.check("objects that differ, says the tenant itself", truth.keys(), differing);
        Map<String, Long> resident = new TreeMap<>(stack.residentBytes());
        resident.forEach((process, bytes) -> narrator.note("resident memory of " + process, bytes / 1_048_576 + " MB"));
    }

    /** An application that was created anew has another client id, which every reference to it follows. */
    private void renamedClients(String snapshotId) {
        for (Map.Entry<String, String> entry : Map.copyOf(announced.ids()).entrySet()) {
            JsonNode now = stack.simulator().tenant().read(() -> {
                var node = stack.simulator().tenant().find(Kinds.all().get("applications"), entry.getValue());
                return node == null ? null : node.entity().get("appId");
            });
            if (now != null) {
                String old = objectAt("application", entry.getKey(), "snapshot:" + snapshotId)
                        .at("/body/appId")
                        .asText();
                announced.renamed(old, now.asText());
            }
        }
    }

    private static Map<String, Long> counts(JsonNode snapshot) {
        Map<String, Long> counts = new TreeMap<>();
        snapshot.path("counts").properties().forEach(type -> {
            if (type.getValue().asLong() > 0 && TenantPicture.shows(type.getKey())) {
                counts.put(type.getKey(), type.getValue().asLong());
            }
        });
        return counts;
    }

    private static String figures(Map<String, Long> counts) {
        List<String> figures = new ArrayList<>();
        counts.forEach((type, count) -> figures.add(count + " " + type));
        return String.join(", ", figures);
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
