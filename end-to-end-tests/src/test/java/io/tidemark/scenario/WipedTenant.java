package io.tidemark.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.backends.Topics;
import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.ServiceName;
import io.tidemark.localstack.ServiceProcess;
import io.tidemark.localstack.StackOptions;
import io.tidemark.localstack.operator.Operator;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.simulator.sample.incident.Incident;
import io.tidemark.simulator.sample.incident.IncidentRunner;
import io.tidemark.simulator.sample.incident.IncidentSummary;
import io.tidemark.simulator.tenant.LedgerEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A stack of its own with a made-up tenant, and what an operator does with it before and after an incident. */
final class WipedTenant implements AutoCloseable {

    static final int VICTIMS = 60;

    private static final int USERS = 600;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Set<String> ENDS = Set.of(
            "COMPLETED", "COMPLETED_WITH_WARNINGS", "PARTIALLY_FAILED", "FAILED", "CANCELED", "REJECTED", "EXPIRED");
    private static final Set<String> STOPS = Set.of("PAUSED", "NEEDS_ATTENTION");

    private static final List<ServiceName> SERVICES_WITH_A_STORE =
            List.of(ServiceName.SNAPSHOT, ServiceName.AUDIT, ServiceName.DIFF, ServiceName.RESTORE);

    private final LocalStack stack;
    private final Operator operator;

    private WipedTenant(LocalStack stack) {
        this.stack = stack;
        this.operator = new Operator(stack.console(), stack.tenant());
    }

    /**
     * Starts a stack whose Graph does not enforce its quotas.
     *
     * @param name of its data folder
     * @param quotaScale how much of Graph's real pace the services allow themselves
     */
    static WipedTenant open(String name, long seed, int quotaScale) {
        return open(name, seed, quotaScale, USERS, Map.of());
    }

    /** As {@link #open(String, long, int)}, with a size and further settings of its own. */
    static WipedTenant open(String name, long seed, int quotaScale, int users, Map<String, String> settings) {
        StackOptions options = StackOptions.in(
                        Path.of("..").toAbsolutePath().normalize(),
                        Path.of("target", "scenarios", name).toAbsolutePath())
                .withUsers(users)
                .withSeed(seed)
                .withQuotas(QuotaMode.OFF)
                .withSetting("tidemark.graph.quota-scale", Integer.toString(quotaScale))
                .withSetting("snapshot-service:tidemark.capture.full", "off")
                .withSetting("snapshot-service:tidemark.capture.incremental", "off")
                .withSetting("snapshot-service:tidemark.capture.on-change", "false")
                .withSetting(
                        "restore-service:tidemark.restore.guard.break-glass",
                        String.join(",", SampleTenants.breakGlassAccounts(seed)));
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            options = options.withSetting(setting.getKey(), setting.getValue());
        }
        return new WipedTenant(LocalStack.start(options, step -> {}));
    }

    LocalStack stack() {
        return stack;
    }

    Operator operator() {
        return operator;
    }

    ExportedTenant export() {
        return ExportedTenant.from(stack.simulator().controlUrl());
    }

    String clientId(String client) {
        return stack.clients().named(client).clientId();
    }

    /** Captures and waits for the seal; the snapshot's view. */
    JsonNode sealed(String mode) {
        ObjectNode order = operator.object().put("mode", mode).put("label", "scenario");
        String id = operator.post("/captures", order).path("captureId").asText();
        JsonNode capture = operator.await(
                "/captures/" + id,
                PATIENCE,
                view -> view.path("sealed").asBoolean()
                        || Set.of("INCOMPLETE", "FAILED")
                                .contains(view.path("state").asText()));
        assertThat(capture.path("sealed").asBoolean())
                .as("capture is sealed: %s", capture)
                .isTrue();
        return operator.get("/snapshots/" + id);
    }

    /** Plays the incident. */
    IncidentSummary strike() {
        IncidentSummary incident = IncidentRunner.of(
                        stack.simulator().graphUrl(), stack.simulator().authorityUrl(), stack.tenant(), stack.clients())
                .play(Incident.named("department-wipe").with("count", Integer.toString(VICTIMS)));
        assertThat(incident.steps())
                .allSatisfy(step -> assertThat(step.refused()).isEmpty());
        return incident;
    }

    /** Reads the audit log to its present end. */
    void ingest() {
        // A poll may have been under way when the first was asked for; the second has begun after that.
        for (int poll = 0; poll < 2; poll++) {
            Instant asked = stack.simulator().clock().instant();
            operator.post("/ingestion/poll", operator.object());
            operator.await("/ingestion", PATIENCE, view -> {
                String last = view.path("lastPollAt").asText("");
                return !last.isEmpty()
                        && !last.equals("null")
                        && Instant.parse(last).isAfter(asked);
            });
        }
    }

    /** Has a report made of the kinds that the oracle knows; its view. */
    JsonNode report(String from, String to) {
        return report(from, to, ExportedTenant.kinds());
    }

    /** Has a report made of these kinds; its view. */
    JsonNode report(String from, String to, Set<String> types) {
        ObjectNode order = operator.object().put("from", from).put("to", to);
        types.forEach(order.putArray("types")::add);
        JsonNode ordered = operator.post("/reports", order);
        JsonNode report = operator.await(
                "/reports/" + ordered.path("reportId").asText(),
                PATIENCE,
                view -> Set.of("READY", "FAILED").contains(view.path("state").asText()));
        assertThat(report.path("state").asText()).as("report: %s", report).isEqualTo("READY");
        return report;
    }

    List<JsonNode> items(JsonNode report) {
        return operator.all("/reports/" + report.path("reportId").asText() + "/items", "items");
    }

    /** Has a restore planned, and waits until it waits for its approval; its view. */
    JsonNode planned(String snapshot, Stream<String> objects) {
        ObjectNode order = operator.object()
                .put("requestedBy", "first.person@example.org")
                .put("reason", "scenario")
                .put("baseline", "snapshot:" + snapshot);
        ArrayNode keys = order.putObject("selection").putArray("objects");
        objects.forEach(key -> keys.addObject()
                .put("type", key.substring(0, key.indexOf('|')))
                .put("id", key.substring(key.indexOf('|') + 1)));
        order.putObject("options").put("conditionalAccessState", "AS_RECORDED");
        String id = operator.post("/restores", order).path("commandId").asText();
        JsonNode planned = operator.await(
                "/restores/" + id,
                PATIENCE,
                view -> stateOf(view).equals("AWAITING_APPROVAL") || ENDS.contains(stateOf(view)));
        assertThat(stateOf(planned)).as("restore: %s", planned).isEqualTo("AWAITING_APPROVAL");
        return planned;
    }

    /** Has another person approve what was planned, and starts it. */
    void execute(JsonNode planned) {
        ObjectNode decision = operator.object()
                .put("decidedBy", "second.person@example.org")
                .put("planHash", planned.path("planHash").asText())
                .put("reason", "seen in the preview");
        operator.post(pathOf(planned) + "/approve", decision);
        operator.post(pathOf(planned) + "/execute", decision);
    }

    /** Waits for the end of a restore that runs; its view. */
    JsonNode ended(JsonNode planned) {
        JsonNode ended = operator.await(pathOf(planned), PATIENCE, view -> {
            assertThat(STOPS).as("restore: %s", view).doesNotContain(stateOf(view));
            return ENDS.contains(stateOf(view));
        });
        assertThat(stateOf(ended)).as("restore: %s", ended).isIn("COMPLETED", "COMPLETED_WITH_WARNINGS");
        return ended;
    }

    /** The wiped users. */
    static Stream<String> victims(IncidentSummary incident) {
        return incident.step("clear-attributes").objectIds().stream().map(id -> "user|" + id);
    }

    /** The policy, the group, and the application with the service principal that vanished with it. */
    static Stream<String> others(IncidentSummary incident, Set<Fact> truth) {
        Stream<String> named = Stream.of(
                        Map.entry("conditionalAccessPolicy", "weaken-policy"),
                        Map.entry("group", "delete-group"),
                        Map.entry("application", "purge-application"))
                .flatMap(step ->
                        incident.step(step.getValue()).objectIds().stream().map(id -> step.getKey() + "|" + id));
        Stream<String> principals = truth.stream()
                .filter(fact ->
                        fact.type().equals("servicePrincipal") && fact.what().endsWith("_DELETED"))
                .map(fact -> "servicePrincipal|" + fact.id());
        return Stream.concat(named, principals);
    }

    /** What the restore service did to the tenant. */
    List<LedgerEntry> effectsOfRestores() {
        String restorer = clientId(SampleClients.RESTORER);
        return stack.simulator().ledger().entries().stream()
                .filter(entry -> entry.appId().equalsIgnoreCase(restorer))
                .toList();
    }

    /** Stops the services and starts them again with other topics and databases, all of them empty, for the same tenant. */
    void replaceByAnEmptyOne(String prefix) {
        Topics.create(stack.bootstrapServers(), Topics.ofContracts(prefix));
        List<ServiceProcess> services =
                SERVICES_WITH_A_STORE.stream().map(stack::service).toList();
        services.forEach(ServiceProcess::stop);
        services.forEach(service -> service.restart(List.of(
                "-Dtidemark.topics.prefix=" + prefix,
                "-Dquarkus.mongodb.database=" + prefix + "-" + service.name().module())));
        services.forEach(ServiceProcess::awaitReady);
    }

    static String pathOf(JsonNode restore) {
        return "/restores/" + restore.path("commandId").asText();
    }

    static String stateOf(JsonNode restore) {
        return restore.path("state").asText();
    }

    @Override
    public void close() {
        stack.close();
    }
}
