package io.tidemark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.GraphClient.Answer;
import io.tidemark.simulator.entity.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reviews of who is in a group are decided and applied. */
class AccessReviewTest {

    private static final String REVIEWS = "/identityGovernance/accessReviews";
    private static final String REVIEW = "bbbbbbbb-0000-4000-8000-000000000001";
    private static final String INSTANCE = "bbbbbbbb-0000-4000-8000-000000000002";
    private static final String GROUP = "bbbbbbbb-0000-4000-8000-000000000003";
    private static final String LEAVER = "bbbbbbbb-0000-4000-8000-000000000004";
    private static final String STAYER = "bbbbbbbb-0000-4000-8000-000000000005";
    private static final String AT = REVIEWS + "/definitions/" + REVIEW + "/instances/" + INSTANCE;

    private Box box;
    private GraphClient graph;

    @BeforeEach
    void open() {
        box = Box.open(b -> b, sink -> {
            sink.object(
                    "groups",
                    Json.object()
                            .put("id", GROUP)
                            .put("displayName", "reviewed")
                            .put("securityEnabled", true));
            sink.object(
                    "accessReviewDefinitions",
                    Json.object().put("id", REVIEW).put("displayName", "review").put("status", "InProgress"));
            sink.object(
                    "accessReviewInstances", Json.object().put("id", INSTANCE).put("status", "InProgress"));
            sink.link("accessReviewDefinitions", REVIEW, "instances", INSTANCE);
            for (String user : new String[] {LEAVER, STAYER}) {
                var decision = Json.object()
                        .put("id", "item-" + user)
                        .put("accessReviewId", INSTANCE)
                        .put("decision", "NotReviewed")
                        .put("recommendation", user.equals(LEAVER) ? "Deny" : "Approve");
                decision.putObject("principal").put("id", user);
                decision.putObject("resource").put("id", GROUP).put("type", "group");
                sink.object(
                        "users",
                        Json.object()
                                .put("id", user)
                                .put("displayName", user)
                                .put("userPrincipalName", user + "@x.example"));
                sink.link("groups", GROUP, "members", user);
                sink.object("accessReviewDecisions", decision);
                sink.link("accessReviewInstances", INSTANCE, "decisions", "item-" + user);
            }
        });
        box.user("reviewer");
        graph = box.holding(Permissions.all().toArray(String[]::new));
    }

    @AfterEach
    void close() {
        box.close();
    }

    private String decision(String user) {
        return graph.get(AT + "/decisions/item-" + user).body().path("decision").asText();
    }

    @Test
    void whatIsDeniedLeavesTheGroupWhenTheCompletedReviewIsApplied() {
        graph.post(
                AT + "/batchRecordDecisions",
                "{'decision':'Deny','justification':'left','principalId':'" + LEAVER + "'}");
        graph.post(AT + "/batchRecordDecisions", "{'decision':'Approve','principalId':'" + STAYER + "'}");
        Answer early = graph.post(AT + "/applyDecisions", "{}");
        graph.post(AT + "/stop", "{}");
        Answer applied = graph.post(AT + "/applyDecisions", "{}");

        assertThat(early.status()).isEqualTo(400);
        assertThat(applied.status()).isEqualTo(204);
        assertThat(graph.get("/groups/" + GROUP + "/members?$select=id")
                        .body()
                        .path("value")
                        .findValuesAsText("id"))
                .containsExactly(STAYER);
        assertThat(graph.get(AT).body().path("status").asText()).isEqualTo("Applied");
    }

    @Test
    void decisionsAreTakenBackAllTogether() {
        graph.post(AT + "/batchRecordDecisions", "{'decision':'Deny'}");
        assertThat(decision(STAYER)).isEqualTo("Deny");

        graph.post(AT + "/resetDecisions", "{}");

        assertThat(decision(STAYER)).isEqualTo("NotReviewed");
        assertThat(graph.post(AT + "/batchRecordDecisions", "{'decision':'Perhaps'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aHistoryReportIsMadeAndFetched() {
        Answer made = graph.post(
                REVIEWS + "/historyDefinitions",
                "{'displayName':'last year','reviewHistoryPeriodStartDateTime':'2025-01-01T00:00:00Z',"
                        + "'reviewHistoryPeriodEndDateTime':'2025-12-31T00:00:00Z','decisions':['approve'],'scopes':[]}");
        String at = REVIEWS + "/historyDefinitions/" + made.body().path("id").asText() + "/instances";
        String instance = graph.get(at).body().at("/value/0/id").asText();
        Answer address = graph.post(at + "/" + instance + "/generateDownloadUri", "{}");

        assertThat(made.status()).as(made.message()).isEqualTo(201);
        assertThat(address.status()).isEqualTo(200);
        assertThat(address.body().path("downloadUri").asText())
                .startsWith("https://")
                .contains(instance);
    }
}
