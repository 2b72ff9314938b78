package io.tidemark.simulator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.simulator.entity.Json;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A message of the audit stream looks like one of Azure Monitor. */
class AuditStreamTest {

    @Test
    void entriesAreWrappedAsRecords() {
        var entry = Json.object()
                .put("id", "Directory_1")
                .put("activityDisplayName", "Update policy")
                .put("activityDateTime", "2026-01-02T03:04:05.1234567Z")
                .put("correlationId", "c1")
                .put("result", "success");
        entry.putObject("initiatedBy").putObject("app").put("displayName", "backup");
        UUID tenant = UUID.randomUUID();

        JsonNode message = AuditStream.message(tenant, List.of(entry, entry));

        assertThat(message.path("records")).hasSize(2);
        JsonNode first = message.at("/records/0");
        assertThat(first.path("category").asText()).isEqualTo("AuditLogs");
        assertThat(first.path("operationName").asText()).isEqualTo("Update policy");
        assertThat(first.path("resourceId").asText()).contains(tenant.toString());
        assertThat(first.path("callerIpAddress").asText()).isEqualTo("<null>");
        assertThat(first.at("/properties/id").asText()).isEqualTo("Directory_1");
        assertThat(first.at("/properties/result").isInt()).isTrue();
        assertThat(first.at("/properties/activityDateTime").asText()).endsWith("1234567+00:00");
        assertThat(entry.path("result").asText()).isEqualTo("success");
    }
}
