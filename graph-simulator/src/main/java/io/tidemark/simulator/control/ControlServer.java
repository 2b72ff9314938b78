package io.tidemark.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.fault.Faults;
import io.tidemark.simulator.fault.Lateness;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.quota.Quotas;
import io.tidemark.simulator.tenant.LedgerEntry;
import io.tidemark.simulator.tenant.SimulatorClock;
import io.tidemark.simulator.tenant.Tenant;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The control API. */
public final class ControlServer {

    private static final String NDJSON = "application/x-ndjson";

    private final Vertx vertx;
    private final Tenant first;
    private final Controls controls;
    private final Administration administration;
    private final SimulatorClock clock;
    private final Faults faults;
    private final Quotas quotas;
    private final Consumer<Lateness> lateness;
    private final LongSupplier requests;
    private final BiFunction<String, Map<String, String>, ObjectNode> incidents;

    /** A control API over the parts of a simulator; incidents are played by the function. */
    public ControlServer(
            Vertx vertx,
            Tenant tenant,
            SimulatorClock clock,
            Faults faults,
            Quotas quotas,
            Consumer<Lateness> lateness,
            LongSupplier requests,
            BiFunction<String, Map<String, String>, ObjectNode> incidents,
            Controls controls) {
        this.controls = controls;
        this.administration = new Administration(controls);
        this.vertx = vertx;
        this.first = tenant;
        this.clock = clock;
        this.faults = faults;
        this.quotas = quotas;
        this.lateness = lateness;
        this.requests = requests;
        this.incidents = incidents;
    }

    private record Answer(int status, String type, Buffer body) {
        static Answer json(JsonNode body) {
            return new Answer(200, "application/json", Buffer.buffer(Json.bytes(body)));
        }

        static Answer wrong(int status, String why) {
            return new Answer(
                    status,
                    "application/json",
                    Buffer.buffer(Json.bytes(Json.object().put("error", why))));
        }
    }

    /** Takes one request. Work is done off the event loop: an incident takes its time. */
    public void handle(HttpServerRequest request) {
        request.body()
                .compose(body -> vertx.executeBlocking(() -> answer(request, body), false))
                .onSuccess(answer -> request.response()
                        .setStatusCode(answer.status())
                        .putHeader("Content-Type", answer.type())
                        .end(answer.body()))
                .onFailure(failure -> request.response().setStatusCode(500).end(String.valueOf(failure.getMessage())));
    }

    private Answer answer(HttpServerRequest request, Buffer body) {
        String path = request.path();
        String what = request.method().name() + " " + path;
        String named = request.getParam("tenant");
        Tenant tenant = named == null ? first : controls.tenant(named);
        if (tenant == null) {
            return Answer.wrong(404, "there is no tenant " + named);
        }
        try {
            if (what.startsWith("POST /incidents/")) {
                return Answer.json(incidents.apply(path.substring("/incidents/".length()), parameters(body)));
            }
            return switch (what) {
                case "GET /health" -> Answer.json(Json.object().put("status", "UP"));
                case "GET /state" -> Answer.json(state(tenant));
                case "GET /ledger" -> ledger(tenant, request.getParam("from", "1"));
                case "GET /export" -> export(tenant);
                case "GET /faults" -> Answer.json(faultCounts());
                case "POST /faults" -> {
                    JsonNode told = json(body);
                    if (told.isArray()) {
                        told.forEach(one -> faults.add(Steering.fault(one)));
                    } else {
                        faults.add(Steering.fault(told));
                    }
                    yield Answer.json(faultCounts());
                }
                case "DELETE /faults" -> {
                    faults.clear();
                    yield Answer.json(faultCounts());
                }
                case "POST /lateness" -> {
                    lateness.accept(Steering.lateness(json(body), faults.lateness()));
                    yield Answer.json(state(tenant));
                }
                case "POST /quotas" -> {
                    quotas.mode(Steering.quotas(json(body)));
                    yield Answer.json(state(tenant));
                }
                case "GET /clock" -> Answer.json(time());
                case "POST /clock" -> {
                    steer(json(body));
                    yield Answer.json(time());
                }
                default -> {
                    JsonNode told = body.length() == 0 ? Json.object() : json(body);
                    ObjectNode done = administration.answer(what, tenant, told);
                    yield done == null ? Answer.wrong(404, "there is no " + what) : Answer.json(done);
                }
            };
        } catch (IllegalArgumentException | DateTimeException | IOException e) {
            return Answer.wrong(400, String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode json(Buffer body) throws IOException {
        return Json.mapper().readTree(body.getBytes());
    }

    private static Map<String, String> parameters(Buffer body) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (body.length() > 0) {
            json(body)
                    .properties()
                    .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
        }
        return parameters;
    }

    private ObjectNode state(Tenant tenant) {
        ObjectNode state = Json.object();
        state.put("tenant", tenant.id().toString());
        state.put("quotas", quotas.mode().name());
        state.put("requests", requests.getAsLong());
        state.put("ledger", tenant.ledger().size());
        state.set("clock", time());
        ObjectNode late = state.putObject("lateness");
        late.put("replicas", faults.lateness().replicas().toString());
        late.put("audit", faults.lateness().audit().toString());
        late.put("auditSpread", faults.lateness().auditSpread().toString());
        ObjectNode live = state.putObject("live");
        ObjectNode deleted = state.putObject("deleted");
        tenant.read(() -> {
            for (Kind kind : Kinds.all().values()) {
                live.put(kind.collection(), tenant.count(kind));
                if (kind.bin() != Kind.Bin.NONE) {
                    deleted.put(kind.collection(), tenant.bin(kind).size());
                }
            }
            return true;
        });
        return state;
    }

    private Answer ledger(Tenant tenant, String from) {
        Buffer lines = Buffer.buffer();
        for (LedgerEntry entry : tenant.ledger().from(Long.parseLong(from))) {
            lines.appendBytes(Json.bytes(entry.toJson())).appendString("\n");
        }
        return new Answer(200, NDJSON, lines);
    }

    private Answer export(Tenant tenant) {
        Buffer lines = Buffer.buffer();
        TenantExport.write(tenant, line -> lines.appendString(line).appendString("\n"));
        return new Answer(200, NDJSON, lines);
    }

    private ObjectNode faultCounts() {
        ObjectNode told = Json.object();
        told.put("rules", faults.rules().size());
        ObjectNode counts = told.putObject("occurred");
        faults.counts().forEach((fault, count) -> counts.put(fault.name(), count));
        return told;
    }

    private ObjectNode time() {
        return Json.object().put("now", clock.instant().toString()).put("pace", clock.pace());
    }

    private void steer(JsonNode told) {
        if (told.hasNonNull("pace")) {
            clock.pace(told.path("pace").asDouble());
        }
        if (told.hasNonNull("set")) {
            clock.set(Instant.parse(told.path("set").asText()));
        }
        if (told.hasNonNull("advance")) {
            clock.advance(Duration.parse(told.path("advance").asText()));
        }
    }
}
