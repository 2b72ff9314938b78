package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.tenant.SeedSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Requests wait a day for approval. */
class ApprovalTimeTest {

    private static final Instant ASKED = Instant.parse("2026-03-01T00:00:00Z");
    private static final String ROLE = "bbbbbbbb-0000-4000-8000-0000000000b1";
    private static final String GROUP = "bbbbbbbb-0000-4000-8000-0000000000b2";
    private static final String APPROVAL = "aaaaaaaa-0000-4000-8000-0000000000a2";
    private static final String GROUPS = "/identityGovernance/privilegedAccess/group";

    private static void seed(SeedSink sink) {
        sink.object("roleAssignmentScheduleRequests", request(ROLE));
        sink.object("groupAssignmentScheduleRequests", request(GROUP).put("approvalId", APPROVAL));
        sink.object("groupAssignmentApprovals", Json.object().put("id", APPROVAL));
        String stage = APPROVAL + "/" + APPROVAL;
        sink.object(
                "groupApprovalStages",
                Json.object().put("id", stage).put("status", "InProgress").put("reviewResult", "NotReviewed"));
        sink.link("groupAssignmentApprovals", APPROVAL, "stages", stage);
    }

    private static ObjectNode request(String id) {
        return Json.object()
                .put("id", id)
                .put("action", "selfActivate")
                .put("principalId", id)
                .put("status", "PendingApproval")
                .put("createdDateTime", ASKED.toString());
    }

    private static JsonNode role(Box box) {
        return asked(box, "/roleManagement/directory/roleAssignmentScheduleRequests/" + ROLE);
    }

    private static JsonNode group(Box box) {
        return asked(box, GROUPS + "/assignmentScheduleRequests/" + GROUP);
    }

    /** With a new token, as the old one is over. */
    private static JsonNode asked(Box box, String path) {
        GraphClient graph = box.holding(Permissions.all().toArray(String[]::new));
        return graph.get(path).body();
    }

    @Test
    void whatNobodyAnswersWithinADayIsOver() {
        Clock still = Clock.fixed(ASKED, ZoneOffset.UTC);
        try (Box box = Box.open(builder -> builder.time(still), ApprovalTimeTest::seed)) {
            box.simulator.clock().advance(Duration.ofHours(24).minusMinutes(2));
            assertThat(role(box).path("status").asText()).isEqualTo("PendingApproval");
            assertThat(group(box).path("status").asText()).isEqualTo("PendingApproval");

            box.simulator.clock().advance(Duration.ofMinutes(3));
            assertThat(role(box).path("status").asText()).isEqualTo("TimedOut");
            assertThat(group(box).path("status").asText()).isEqualTo("TimedOut");
            assertThat(group(box).path("completedDateTime").asText()).startsWith("2026-03-02T00:01");
            assertThat(asked(box, GROUPS + "/assignmentApprovals/" + APPROVAL + "/stages")
                            .at("/value/0/status")
                            .asText())
                    .isEqualTo("Expired");
        }
    }
}
