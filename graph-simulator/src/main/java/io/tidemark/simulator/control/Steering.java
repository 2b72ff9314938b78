package io.tidemark.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.fault.Lateness;
import io.tidemark.simulator.quota.QuotaMode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what the control API is told. */
final class Steering {

    private Steering() {}

    static FaultRule fault(JsonNode json) {
        Set<String> methods = new LinkedHashSet<>();
        json.path("methods").forEach(m -> methods.add(m.asText().toUpperCase(Locale.ROOT)));
        return new FaultRule(
                Fault.valueOf(json.path("fault").asText().toUpperCase(Locale.ROOT)),
                json.path("rate").asDouble(1),
                methods,
                Pattern.compile(json.path("route").asText(""), Pattern.CASE_INSENSITIVE),
                json.path("skip").asInt(0),
                json.path("times").asInt(0),
                json.path("retryAfterSeconds").asDouble(1));
    }

    static Lateness lateness(JsonNode json, Lateness present) {
        return new Lateness(
                duration(json, "replicas", present.replicas()),
                duration(json, "audit", present.audit()),
                duration(json, "auditSpread", present.auditSpread()));
    }

    private static Duration duration(JsonNode json, String name, Duration usual) {
        return json.hasNonNull(name) ? Duration.parse(json.path(name).asText()) : usual;
    }

    static QuotaMode quotas(JsonNode json) {
        return QuotaMode.valueOf(json.path("mode").asText().toUpperCase(Locale.ROOT));
    }
}
