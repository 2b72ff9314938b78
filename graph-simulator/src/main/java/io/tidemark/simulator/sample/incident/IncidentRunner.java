package io.tidemark.simulator.sample.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.incident.GraphCaller.Answer;
import io.tidemark.simulator.sample.incident.GraphCaller.Call;
import io.tidemark.simulator.sample.incident.IncidentSummary.Effect;
import io.tidemark.simulator.sample.incident.IncidentSummary.StepSummary;
import io.tidemark.simulator.sample.incident.Selection.Condition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plays incidents against a tenant through Graph calls, within its quotas. */
public final class IncidentRunner {

    private final HttpClient http;
    private final URI graphUrl;
    private final URI authorityUrl;
    private final UUID tenant;
    private final GraphCaller first;
    private final Map<String, GraphCaller> actors = new LinkedHashMap<>();

    /**
     * Plays with the identity of one application.
     *
     * @param graphUrl without the version
     * @param authorityUrl of the token endpoint, without the tenant
     */
    public IncidentRunner(URI graphUrl, URI authorityUrl, UUID tenant, String clientId, String secret) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        this.graphUrl = graphUrl;
        this.authorityUrl = authorityUrl;
        this.tenant = tenant;
        this.first = caller(clientId, secret);
    }

    /** Plays with the identities of the sample clients that the incidents name. */
    public static IncidentRunner of(URI graphUrl, URI authorityUrl, UUID tenant, SampleClients clients) {
        var usual = clients.named(SampleClients.HR_SYNC);
        var runner = new IncidentRunner(graphUrl, authorityUrl, tenant, usual.clientId(), usual.secret());
        clients.all().forEach(client -> runner.actingAs(client.name(), client.clientId(), client.secret()));
        return runner;
    }

    /** Lets steps that name this actor act with an identity of its own; without it they act with the first one. */
    public IncidentRunner actingAs(String actor, String clientId, String secret) {
        actors.put(actor, caller(clientId, secret));
        return this;
    }

    /**
     * Plays an incident from its first step to its last.
     *
     * @throws IllegalStateException if a step finds nothing to act on, or Graph refuses to be read
     */
    public IncidentSummary play(Incident incident) {
        Map<String, List<ObjectNode>> targets = new LinkedHashMap<>();
        List<StepSummary> summaries = new ArrayList<>();
        try {
            for (var step : incident.steps()) {
                var caller = step.actor() == null ? first : actors.getOrDefault(step.actor(), first);
                var selected = select(step, incident, caller, targets);
                targets.put(step.name(), selected);
                summaries.add(act(step, incident, caller, selected));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("incident '" + incident.name() + "' broke off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("incident '" + incident.name() + "' was interrupted", e);
        }
        return new IncidentSummary(incident.name(), summaries);
    }

    private List<ObjectNode> select(
            IncidentStep step, Incident incident, GraphCaller caller, Map<String, List<ObjectNode>> earlier)
            throws IOException, InterruptedException {
        var selection = step.selection();
        var found = selectedObjects(step, incident, caller, earlier);
        var expansion = selection.expansion();
        var pairs = expansion == null ? found : expand(expansion, found, incident, caller);
        if (pairs.isEmpty()) {
            throw new IllegalStateException(
                    "step '" + step.name() + "' of incident '" + incident.name() + "' found nothing to act on");
        }
        return pairs;
    }

    private static List<ObjectNode> selectedObjects(
            IncidentStep step, Incident incident, GraphCaller caller, Map<String, List<ObjectNode>> earlier)
            throws IOException, InterruptedException {
        var selection = step.selection();
        var template = new Template(incident.parameters(), JsonNodeFactory.instance.objectNode());
        if (selection.sameAs() != null) {
            var same = earlier.get(selection.sameAs());
            if (same == null) {
                throw new IllegalStateException(
                        "no step '" + selection.sameAs() + "' comes before '" + step.name() + "'");
            }
            return same;
        }
        if (selection.from() == null) {
            List<ObjectNode> numbered = new ArrayList<>();
            var repeat = Integer.parseInt(template.text(selection.repeat()));
            for (var n = 1; n <= repeat; n++) {
                numbered.add(JsonNodeFactory.instance.objectNode().put("n", n));
            }
            return numbered;
        }
        var filter = selection.filter() == null ? null : template.text(selection.filter());
        var limit = selection.limit() == null ? Long.MAX_VALUE : Long.parseLong(template.text(selection.limit()));
        return caller.list(template.text(selection.from()), filter, selection.properties()).stream()
                .filter(object -> meets(object, selection.conditions(), template))
                .sorted(Comparator.comparing(
                        (ObjectNode object) -> object.path("id").asText()))
                .limit(limit)
                .toList();
    }

    private static List<ObjectNode> expand(
            Selection.Expansion expansion, List<ObjectNode> objects, Incident incident, GraphCaller caller)
            throws IOException, InterruptedException {
        List<Call> calls = new ArrayList<>();
        for (var object : objects) {
            var path = new Template(incident.parameters(), object).text(expansion.from());
            calls.add(Call.of("GET", path + "?$top=999&$select=" + String.join(",", expansion.properties()), null));
        }
        var answers = caller.batch(calls);
        List<ObjectNode> pairs = new ArrayList<>();
        for (var i = 0; i < answers.size(); i++) {
            var answer = answers.get(i);
            if (answer.status() != 200) {
                throw new IllegalStateException(
                        "Graph refused to read " + calls.get(i).path() + " with status " + answer.status());
            }
            for (var related : answer.body().path("value")) {
                if (meets(related, expansion.conditions(), new Template(incident.parameters(), objects.get(i)))) {
                    var pair = objects.get(i).deepCopy();
                    pair.set(expansion.name(), related);
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    private static boolean meets(JsonNode object, List<Condition> conditions, Template template) {
        return conditions.stream().allMatch(condition -> condition.metBy(object, template));
    }

    /** Sends one request after the other to all targets; who was refused one is not sent the next. */
    private static StepSummary act(IncidentStep step, Incident incident, GraphCaller caller, List<ObjectNode> targets)
            throws IOException, InterruptedException {
        List<Effect> effects = new ArrayList<>();
        List<Effect> refused = new ArrayList<>();
        var remaining = targets;
        for (var request : step.requests()) {
            List<Call> calls = new ArrayList<>();
            for (var target : remaining) {
                var template = new Template(incident.parameters(), target);
                var body = request.body() == null ? null : template.body(request.body());
                calls.add(Call.of(request.method(), template.text(request.url()), body));
            }
            var answers = caller.batch(calls);
            List<ObjectNode> next = new ArrayList<>();
            for (var i = 0; i < calls.size(); i++) {
                var target = remaining.get(i);
                var answer = answers.get(i);
                var done = answer.carriedOut(calls.get(i));
                if (!done || !request.method().equals("GET")) {
                    (done ? effects : refused).add(effect(step, calls.get(i), answer, target));
                }
                if (done) {
                    target.withArray("result").add(answer.body().isMissingNode() ? target.nullNode() : answer.body());
                    next.add(target);
                }
            }
            remaining = next;
        }
        return new StepSummary(step.name(), caller.clientId(), effects, refused);
    }

    private static Effect effect(IncidentStep step, Call call, Answer answer, ObjectNode target) {
        var expansion = step.selection().expansion();
        var made = answer.body().path("id").asText("");
        // A target that was not read is what the step's first request made.
        var aimedAt = target.path("id").asText(target.at("/result/0/id").asText(""));
        @Nullable
        String related = expansion == null
                ? null
                : target.path(expansion.name()).path("id").asText();
        return new Effect(
                call.method(),
                call.path(),
                call.method().equals("POST") && !made.isEmpty() ? made : aimedAt,
                related,
                answer.status(),
                call.requestId());
    }

    private GraphCaller caller(String clientId, String secret) {
        return new GraphCaller(
                http, graphUrl, authorityUrl, tenant, clientId, secret, time -> Thread.sleep(time.toMillis()));
    }
}
