package io.tidemark.graph.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonText;
import io.tidemark.graph.FastTime;
import io.tidemark.graph.StubGraph;
import io.tidemark.graph.StubGraph.Reply;
import io.tidemark.graph.pace.Lane;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriterTest {

    private static final ObjectRef USER = ObjectRef.of(ObjectKind.USER, "u1");
    private static final ObjectRef POLICY = ObjectRef.of(ObjectKind.CONDITIONAL_ACCESS_POLICY, "p1");
    private static final ObjectId GROUP = new ObjectId("g1");
    private static final JsonObject PATCH = JsonText.parseObject("{\"department\":\"Sales\",\"jobTitle\":null}");

    private final StubGraph graph = new StubGraph();
    private final FastTime time = new FastTime();
    private final GraphConnection connection = graph.connect(time);
    private final DirectoryWriter writer = new DirectoryWriter(connection);
    private final BatchWriter batches = new BatchWriter(connection);

    @AfterEach
    void stop() {
        connection.close();
        graph.close();
    }

    @Test
    void anUpdateSendsJustWhatItWasGiven() {
        graph.answers(Reply.json(204, "").with("request-id", "r-1"));

        WriteResult result = writer.update(USER, PATCH, "step-1");

        assertThat(result).isEqualTo(new WriteResult.Done(204, "r-1", java.util.Optional.empty()));
        assertThat(asked()).isEqualTo("PATCH /v1.0/users/u1 {\"department\":\"Sales\",\"jobTitle\":null}");
    }

    @Test
    void aCreatedObjectHasItsId() {
        graph.answers(201, "{\"id\":\"g9\"}");

        WriteResult result = writer.create(ObjectKind.GROUP, JsonText.parseObject("{\"displayName\":\"x\"}"), "step-1");

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Done.class,
                        done -> assertThat(done.createdId()).contains(new ObjectId("g9")));
    }

    @Test
    void membersAreAddedTwentyInOneRequest() {
        graph.answers(204, "");

        writer.addLinks(LinkKind.GROUP_MEMBERS, GROUP, List.of(new ObjectId("a"), new ObjectId("b")), "step-1");

        assertThat(asked())
                .isEqualTo("PATCH /v1.0/groups/g1 {\"members@odata.bind\":[\"" + graph.url("directoryObjects/a")
                        + "\",\"" + graph.url("directoryObjects/b") + "\"]}");
    }

    @Test
    void twentyOneMembersAreTooMany() {
        List<ObjectId> targets =
                IntStream.range(0, 21).mapToObj(i -> new ObjectId("t" + i)).toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.addLinks(LinkKind.GROUP_MEMBERS, GROUP, targets, "step-1"))
                .withMessageContaining("1 to 20 group.members");
    }

    @Test
    void ownersAndManagersAreReferencesOfTheirOwn() {
        graph.answers(204, "")
                .answers(204, "")
                .answers(204, "")
                .answers(204, "")
                .answers(204, "");
        ObjectId user = new ObjectId("u1");
        ObjectId other = new ObjectId("m1");

        writer.addLinks(LinkKind.APPLICATION_OWNERS, new ObjectId("a1"), List.of(user), "1");
        writer.removeLink(LinkKind.GROUP_MEMBERS, GROUP, user, "2");
        writer.setManager(user, other, "3");
        writer.removeManager(user, "4");
        writer.undelete(ObjectRef.of(ObjectKind.GROUP, "g1"), "5");

        String reference = "{\"@odata.id\":\"" + graph.url("directoryObjects/");
        assertThat(graph.asked())
                .extracting(asked -> asked.method() + " " + asked.uri() + " " + asked.body())
                .containsExactly(
                        "POST /v1.0/applications/a1/owners/$ref " + reference + "u1\"}",
                        "DELETE /v1.0/groups/g1/members/u1/$ref ",
                        "PUT /v1.0/users/u1/manager/$ref " + reference + "m1\"}",
                        "DELETE /v1.0/users/u1/manager/$ref ",
                        "POST /v1.0/directory/deletedItems/g1/restore ");
    }

    @Test
    void theRecycleBinOfConditionalAccessIsElsewhere() {
        graph.answers(200, "{\"id\":\"p1\"}").answers(204, "");

        writer.undelete(POLICY, "1");
        writer.purge(POLICY, "2");

        assertThat(graph.asked())
                .extracting(StubGraph.Asked::uri)
                .containsExactly(
                        "/v1.0/identity/conditionalAccess/deletedItems/policies/p1/restore",
                        "/v1.0/identity/conditionalAccess/deletedItems/policies/p1");
        assertThat(connection.pacer().statistics().get(Lane.CONDITIONAL_ACCESS).requests())
                .isEqualTo(2);
    }

    @Test
    void nobodyButPeoplePurgesUsersAndGroups() {
        assertThatIllegalArgumentException().isThrownBy(() -> writer.purge(USER, "1"));
    }

    @Test
    void anIdCannotLeadElsewhere() {
        graph.answers(204, "");

        writer.delete(ObjectRef.of(ObjectKind.USER, "..?$x#é"), "1");

        assertThat(graph.asked().get(0).uri()).isEqualTo("/v1.0/users/..%3F$x%23%C3%A9");
    }

    @Test
    void aRefusalIsAResult() {
        graph.answers(
                400,
                "{\"error\":{\"code\":\"Request_BadRequest\",\"message\":\"Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.\"}}");

        WriteResult result = writer.update(USER, PATCH, "step-1");

        assertThat(result).isInstanceOfSatisfying(WriteResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.BAD_REQUEST);
            assertThat(refused.code()).isEqualTo("Request_BadRequest");
            assertThat(refused.error().known())
                    .contains(
                            "Unable to update the specified properties for on-premises mastered Directory Sync objects");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aLostAnswerIsUnknownAndNothingIsSentTwice(int status) {
        graph.answers(Reply.json(status, "<html>").with("Retry-After", "0"));

        WriteResult result = writer.create(ObjectKind.GROUP, PATCH, "step-1");

        assertThat(result).isEqualTo(new WriteResult.Unknown(status, ""));
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void aCreationWithoutAnIdInItsAnswerIsUnknown() {
        graph.answers(201, "{}");

        assertThat(writer.create(ObjectKind.GROUP, PATCH, "step-1")).isInstanceOf(WriteResult.Unknown.class);
    }

    @Test
    void aRejectionThatLastsTooLongIsThrottled() {
        graph.answers(Reply.json(429, "{}").with("Retry-After", "1000"));

        assertThat(writer.update(USER, PATCH, "step-1")).isEqualTo(new WriteResult.Throttled(Duration.ofSeconds(1000)));
    }

    @Test
    void whatNeverReachedGraphWasNotSent() {
        connection.grantedRoles();
        graph.close();

        assertThat(writer.update(USER, PATCH, "step-1")).isEqualTo(new WriteResult.NotSent(Reason.UNAVAILABLE));
    }

    @Test
    void eachPartOfABatchHasItsOwnResult() {
        graph.answers(200, """
                {"responses":[
                 {"id":"s3","status":404,"headers":{"request-id":"r3"},"body":{"error":{"code":"Request_ResourceNotFound","message":"x"}}},
                 {"id":"s1","status":204,"headers":{"request-id":"r1"}},
                 {"id":"s4","status":503,"body":{}},
                 {"id":"s2","status":429,"headers":{"Retry-After":"2.128"},"body":{}}]}""");

        Map<String, WriteResult> results = batches.send(IntStream.rangeClosed(1, 5)
                .mapToObj(i -> DirectoryWrite.update(USER, PATCH, "s" + i))
                .toList());

        assertThat(results.keySet()).containsExactly("s1", "s2", "s3", "s4", "s5");
        assertThat(results.get("s1")).isEqualTo(new WriteResult.Done(204, "r1", java.util.Optional.empty()));
        assertThat(results.get("s2")).isEqualTo(new WriteResult.Throttled(Duration.ofMillis(2128)));
        assertThat(results.get("s3"))
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND));
        assertThat(results.get("s4")).isEqualTo(new WriteResult.Unknown(503, ""));
        assertThat(results.get("s5")).isEqualTo(new WriteResult.Unknown(0, ""));
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void theLaneStaysAwayAfterABatchOfRejections() {
        graph.answers(
                200,
                IntStream.rangeClosed(1, 8)
                        .mapToObj(i -> "{\"id\":\"s" + i
                                + "\",\"status\":429,\"headers\":{\"Retry-After\":\"7\"},\"body\":{}}")
                        .collect(Collectors.joining(",", "{\"responses\":[", "]}")));
        graph.answers(204, "");

        batches.send(IntStream.rangeClosed(1, 8)
                .mapToObj(i -> DirectoryWrite.update(USER, PATCH, "s" + i))
                .toList());
        assertThat(time.slept()).isEqualTo(Duration.ZERO);
        writer.update(USER, PATCH, "s1");

        assertThat(time.slept()).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void oneRejectionInsideABatchLeavesTheLaneOpen() {
        graph.answers(
                200,
                "{\"responses\":[{\"id\":\"s1\",\"status\":429,\"headers\":{\"Retry-After\":\"7\"},\"body\":{}}]}");
        graph.answers(204, "");

        batches.send(List.of(DirectoryWrite.update(USER, PATCH, "s1")));
        writer.update(USER, PATCH, "s2");

        assertThat(time.slept()).isEqualTo(Duration.ZERO);
    }

    @Test
    void everyPartOfABatchPaysAndIsCounted() {
        graph.answers(200, "{\"responses\":[{\"id\":\"a\",\"status\":204},{\"id\":\"b\",\"status\":204}]}");

        batches.send(List.of(DirectoryWrite.delete(USER, "a"), DirectoryWrite.setManager(USER.id(), GROUP, "b")));

        assertThat(connection.pacer().statistics().get(Lane.WRITE).requestsByStatus())
                .isEqualTo(Map.of(204, 2L));
        JsonObject sent = JsonText.parseObject(graph.asked().get(0).body());
        assertThat(JsonText.text(sent))
                .contains(
                        "\"id\":\"a\",\"method\":\"DELETE\",\"url\":\"/users/u1\",\"headers\":{\"client-request-id\":\"a\",\"Prefer\":\"include-unknown-enum-members\"}")
                .contains("\"Content-Type\":\"application/json\"");
    }

    @Test
    void aBatchThatComesBackAs424IsReadAllTheSame() {
        graph.answers(
                424,
                "{\"responses\":[{\"id\":\"s1\",\"status\":429,\"headers\":{\"retry-after\":\"3\"},\"body\":{}}]}");

        Map<String, WriteResult> results = batches.send(List.of(DirectoryWrite.delete(USER, "s1")));

        assertThat(results.get("s1")).isEqualTo(new WriteResult.Throttled(Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 504})
    void aBatchWithoutAnAnswerIsUnknownForEachPart(int status) {
        graph.answers(status, "{}");

        Map<String, WriteResult> results =
                batches.send(List.of(DirectoryWrite.delete(USER, "a"), DirectoryWrite.delete(USER, "b")));

        assertThat(results.values()).containsOnly(new WriteResult.Unknown(status, ""));
        assertThat(graph.asked()).hasSize(1);
    }

    @Test
    void aBatchWhoseAnswerIsCutOffIsUnknownForEachPart() {
        graph.answers(200, "{\"responses\":[{\"id\":\"a\",\"status\":204}");

        assertThat(batches.send(List.of(DirectoryWrite.delete(USER, "a"))).get("a"))
                .isEqualTo(new WriteResult.Unknown(200, ""));
    }

    @Test
    void aBatchThatGraphRefusesIsRefusedForEachPart() {
        graph.answers(400, "{\"error\":{\"code\":\"BadRequest\"}}");

        assertThat(batches.send(List.of(DirectoryWrite.delete(USER, "a"))).get("a"))
                .isInstanceOf(WriteResult.Refused.class);
    }

    @Test
    void conditionalAccessIsNeverBatched() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batches.send(List.of(DirectoryWrite.update(POLICY, PATCH, "a"))))
                .withMessageContaining("never batched");
    }

    @Test
    void twoPartsOfOneIdAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        batches.send(List.of(DirectoryWrite.delete(USER, "a"), DirectoryWrite.delete(USER, "A"))));
        assertThat(graph.asked()).isEmpty();
    }

    @Test
    void resultsAndWritesShowNoValues() {
        assertThat(DirectoryWrite.update(USER, PATCH, "a").toString()
                        + new WriteResult.Done(200, "", java.util.Optional.of(PATCH)))
                .doesNotContain("Sales");
    }

    private String asked() {
        StubGraph.Asked asked = graph.asked().get(0);
        return asked.method() + " " + asked.uri() + " " + asked.body();
    }
}
