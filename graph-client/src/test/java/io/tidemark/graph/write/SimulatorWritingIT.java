package io.tidemark.graph.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.directory.json.JsonText;
import io.tidemark.graph.SimulatedTenant;
import io.tidemark.graph.audit.AuditLogReader;
import io.tidemark.graph.pace.Lane;
import io.tidemark.graph.read.DeltaItem;
import io.tidemark.graph.read.DeltaLink;
import io.tidemark.graph.read.DirectoryReader;
import io.tidemark.graph.transport.Batch;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException.Reason;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.tenant.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatorWritingIT {

    private static final JsonObject GROUP = JsonText.parseObject(
            "{\"displayName\":\"Tide watchers\",\"mailNickname\":\"tide\",\"mailEnabled\":false,\"securityEnabled\":true}");

    private final SimulatedTenant tenant = new SimulatedTenant(QuotaMode.REAL, Map.of("users", "200"));
    private final GraphConnection connection = tenant.connect(SampleClients.RESTORER, 1);
    private final DirectoryReader reader = new DirectoryReader(connection);
    private final DirectoryWriter writer = new DirectoryWriter(connection);
    private final BatchWriter batches = new BatchWriter(connection);

    @AfterEach
    void stop() {
        connection.close();
        tenant.close();
    }

    @Test
    void whatIsWrittenIsReadAndDoneOnceUnderItsRequestId() {
        List<ObjectId> users = users();
        ObjectRef user = new ObjectRef(ObjectKind.USER, users.get(5));

        assertThat(writer.update(user, JsonText.parseObject("{\"jobTitle\":\"Pilot\",\"department\":null}"), "step-1"))
                .isInstanceOf(WriteResult.Done.class);
        assertThat(writer.setManager(users.get(5), users.get(6), "step-2")).isInstanceOf(WriteResult.Done.class);

        JsonObject read = reader.find(user).orElseThrow();
        assertThat(read.findString("jobTitle")).contains("Pilot");
        List<ObjectId> managers = new ArrayList<>();
        reader.links(LinkKind.USER_MANAGER, users.get(5), (source, target) -> managers.add(target.id()));
        assertThat(managers).containsExactly(users.get(6));
        assertThat(ledger()).extracting(LedgerEntry::clientRequestId).containsExactly("step-1", "step-2");
        assertThat(writer.removeManager(users.get(5), "step-3")).isInstanceOf(WriteResult.Done.class);
    }

    @Test
    void aGroupComesBackFromTheRecycleBinWithItsIdAndMembers() {
        List<ObjectId> users = users();
        ObjectId group = createGroup();
        ObjectRef ref = new ObjectRef(ObjectKind.GROUP, group);
        assertThat(writer.addLinks(LinkKind.GROUP_MEMBERS, group, users.subList(0, 20), "add"))
                .isInstanceOf(WriteResult.Done.class);
        assertThat(writer.removeLink(LinkKind.GROUP_MEMBERS, group, users.get(0), "remove"))
                .isInstanceOf(WriteResult.Done.class);

        assertThat(writer.delete(ref, "delete")).isInstanceOf(WriteResult.Done.class);
        assertThat(reader.find(ref)).isEmpty();
        assertThat(reader.findDeleted(ref)).isPresent();
        assertThat(writer.undelete(ref, "undelete")).isInstanceOf(WriteResult.Done.class);

        assertThat(reader.find(ref)).isPresent();
        List<ObjectId> members = new ArrayList<>();
        reader.links(LinkKind.GROUP_MEMBERS, group, (source, target) -> members.add(target.id()));
        assertThat(members).containsExactlyInAnyOrderElementsOf(users.subList(1, 20));
    }

    @Test
    void aDeltaTellsWhatWasWrittenSince() {
        List<ObjectId> users = users();
        ObjectId group = createGroup();
        DeltaLink link = reader.deltaFromNow(Catalogue.of(ObjectKind.GROUP));
        assertThat(writer.addLinks(LinkKind.GROUP_MEMBERS, group, users.subList(0, 2), "add"))
                .isInstanceOf(WriteResult.Done.class);

        List<DeltaItem> items =
                reader.delta(Catalogue.of(ObjectKind.GROUP), Optional.of(link)).items();

        assertThat(items).singleElement().isInstanceOfSatisfying(DeltaItem.Present.class, present -> {
            assertThat(present.id()).isEqualTo(group);
            assertThat(present.links())
                    .extracting(change -> change.target().id())
                    .containsExactlyInAnyOrderElementsOf(users.subList(0, 2));
        });
    }

    @Test
    void aMissingTargetIsRefused() {
        WriteResult result = writer.addLinks(
                LinkKind.GROUP_MEMBERS,
                createGroup(),
                List.of(new ObjectId("00000000-0000-4000-8000-000000000000")),
                "add");

        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_FOUND));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "TIMEOUT_AFTER_EFFECT",
                "ANSWER_LOST",
                "TRUNCATED",
                "UNAVAILABLE",
                "GATEWAY_TIMEOUT",
                "CONNECTION_RESET",
                "HTML_PAGE",
                "SERVER_ERROR"
            })
    void aCreationWithoutAProperAnswerIsUnknownAndNeverSentTwice(Fault fault) {
        tenant.simulator().faults().add(FaultRule.next(fault, 1, "POST", "groups"));

        WriteResult result = writer.create(ObjectKind.GROUP, GROUP, "step-1");

        assertThat(result).isInstanceOf(WriteResult.Unknown.class);
        assertThat(ledger()).hasSize(fault.afterEffect() ? 1 : 0);
    }

    @Test
    void aRejectionForTooManyRequestsIsWaitedFor() {
        tenant.simulator().faults().add(FaultRule.next(Fault.THROTTLED, 2, "POST", "groups"));

        WriteResult result = writer.create(ObjectKind.GROUP, GROUP, "step-1");

        assertThat(result).isInstanceOf(WriteResult.Done.class);
        assertThat(ledger()).hasSize(1);
        assertThat(connection.pacer().statistics().get(Lane.WRITE).throttled()).isEqualTo(2);
    }

    @Test
    void batchesRunAtTwentyWritesASecondWithoutARejection() {
        List<ObjectId> users = users();
        Instant start = tenant.time().instant();
        int writes = 4_000;

        for (int from = 0; from < writes; from += Batch.LARGEST) {
            Map<String, WriteResult> results = batches.send(IntStream.range(from, from + Batch.LARGEST)
                    .mapToObj(i -> DirectoryWrite.update(
                            new ObjectRef(ObjectKind.USER, users.get(i % users.size())),
                            new JsonObject(Map.of("jobTitle", new JsonString("t" + i))),
                            "step-" + i))
                    .toList());
            assertThat(results.values()).hasOnlyElementsOfType(WriteResult.Done.class);
        }

        Duration took = Duration.between(start, tenant.time().instant());
        assertThat(took).isBetween(Duration.ofSeconds(49), Duration.ofSeconds(53));
        assertThat(ledger()).hasSize(writes);
    }

    @Test
    void aClientThatStartsOnAnEmptyQuotaComesToTheSamePace() {
        List<ObjectId> users = users();
        for (int i = 0; i < 3_000; i += Batch.LARGEST) {
            Map<String, WriteResult> unused = batches.send(titles(users, i));
        }
        try (GraphConnection restarted = tenant.connect(SampleClients.RESTORER, 1)) {
            DirectoryWriter second = new DirectoryWriter(restarted);
            Instant start = tenant.time().instant();

            for (int i = 0; i < 400; i++) {
                assertThat(second.send(titles(users, i).get(0))).isInstanceOf(WriteResult.Done.class);
            }

            Duration took = Duration.between(start, tenant.time().instant());
            assertThat(took).isLessThan(Duration.ofSeconds(30));
            assertThat(restarted.pacer().statistics().get(Lane.WRITE).throttled())
                    .isLessThan(10);
        }
    }

    @Test
    void policiesAreWrittenOneASecondWithoutARejection() {
        List<ObjectRef> policies = new ArrayList<>();
        reader.list(
                Catalogue.of(ObjectKind.CONDITIONAL_ACCESS_POLICY),
                policy -> policies.add(ObjectRef.of(
                        ObjectKind.CONDITIONAL_ACCESS_POLICY,
                        policy.findString("id").orElseThrow())));

        for (ObjectRef policy : policies) {
            assertThat(writer.update(
                            policy,
                            JsonText.parseObject("{\"state\":\"enabledForReportingButNotEnforced\"}"),
                            "p-" + policy.id()))
                    .isInstanceOf(WriteResult.Done.class);
        }

        assertThat(policies).isNotEmpty();
        assertThat(connection.pacer().statistics().get(Lane.CONDITIONAL_ACCESS).throttled())
                .isZero();
    }

    @Test
    void theAuditLogTellsWhoWroteWhat() {
        Instant start = tenant.time().instant();
        createGroup();
        tenant.time().sleep(Duration.ofSeconds(1));

        try (GraphConnection auditor = tenant.connect(SampleClients.AUDITOR, 1)) {
            List<JsonObject> events = new ArrayList<>();
            AuditLogReader.Reading reading =
                    new AuditLogReader(auditor).read(start, tenant.time().instant(), events::add);

            assertThat(reading.events()).isEqualTo(events.size());
            assertThat(events)
                    .extracting(event -> event.findString("activityDisplayName").orElse(""))
                    .contains("Add group");
        }
    }

    private ObjectId createGroup() {
        WriteResult created = writer.create(ObjectKind.GROUP, GROUP, "create");
        assertThat(created).isInstanceOf(WriteResult.Done.class);
        return ((WriteResult.Done) created).createdId().orElseThrow();
    }

    private List<ObjectId> users() {
        List<ObjectId> users = new ArrayList<>();
        reader.list(Catalogue.of(ObjectKind.USER), user -> {
            boolean plain = user.find("onPremisesSyncEnabled")
                            .map(Object::toString)
                            .orElse("")
                            .indexOf("TRUE")
                    < 0;
            boolean restricted = user.findString("displayName").orElse("").startsWith("Emergency Access");
            if (plain && !restricted) {
                users.add(new ObjectId(user.findString("id").orElseThrow()));
            }
        });
        return users;
    }

    private static List<DirectoryWrite> titles(List<ObjectId> users, int from) {
        return IntStream.range(from, from + Batch.LARGEST)
                .mapToObj(i -> DirectoryWrite.update(
                        new ObjectRef(ObjectKind.USER, users.get(i % users.size())),
                        new JsonObject(Map.of("jobTitle", new JsonString("t" + i))),
                        "step-" + i))
                .toList();
    }

    private List<LedgerEntry> ledger() {
        return tenant.simulator().ledger().entries();
    }
}
