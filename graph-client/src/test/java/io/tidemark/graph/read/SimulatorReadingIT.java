package io.tidemark.graph.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.KindDescription.Reading;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.SimulatedTenant;
import io.tidemark.graph.pace.Lane;
import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.tenant.Rows;
import io.tidemark.simulator.tenant.Tenant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorReadingIT {

    private static final KindDescription USERS = Catalogue.of(ObjectKind.USER);

    private final SimulatedTenant tenant = new SimulatedTenant(QuotaMode.REAL, Map.of("users", "2500"));
    private final GraphConnection connection = tenant.connect(SampleClients.READER, 0.8);
    private final DirectoryReader reader = new DirectoryReader(connection);

    @AfterEach
    void stop() {
        connection.close();
        tenant.close();
    }

    @ParameterizedTest
    @MethodSource
    void everyKindThatHasAListIsListedWhole(ObjectKind kind) {
        Set<String> ids = new TreeSet<>();

        String key = Catalogue.of(kind).reach().key();
        Listing listing = reader.list(
                Catalogue.of(kind), object -> ids.add(object.findString(key).orElseThrow()));

        Kind served = Kinds.all().values().stream()
                .filter(table -> table.paths().contains(Catalogue.of(kind).path()))
                .findFirst()
                .orElseThrow();
        Tenant directory = tenant.simulator().tenant();
        assertThat(ids).hasSize(directory.read(() -> Rows.count(directory, served)));
        assertThat(listing.objects()).isEqualTo(ids.size());
    }

    static Stream<ObjectKind> everyKindThatHasAListIsListedWhole() {
        return Arrays.stream(ObjectKind.values()).filter(kind -> {
            Reading reading = Catalogue.of(kind).reach().reading();
            // Holds nothing but values of schema extensions, and is not asked for where there are none.
            if (kind == ObjectKind.ADMINISTRATIVE_UNIT_EXTENSIONS) {
                return false;
            }
            return (reading == Reading.LIST || reading == Reading.DELTA) && kind != ObjectKind.AGREEMENT;
        });
    }

    @Test
    void aDeltaFromTheStartTellsTheSameAsListsAndLinks() {
        Map<String, JsonObject> listed = new TreeMap<>();
        reader.list(Catalogue.of(ObjectKind.GROUP), group -> listed.put(id(group), group));
        Set<String> links = new TreeSet<>();
        for (LinkKind kind : List.of(LinkKind.GROUP_MEMBERS, LinkKind.GROUP_OWNERS)) {
            reader.links(
                    kind,
                    listed.keySet().stream().map(ObjectId::new).toList(),
                    (source, target) -> links.add(kind + " " + source + " " + target.id()));
        }

        Map<String, JsonObject> told = new TreeMap<>();
        Set<String> toldLinks = new TreeSet<>();
        DeltaLink link = follow(ObjectKind.GROUP, Optional.empty(), item -> {
            DeltaItem.Present present = (DeltaItem.Present) item;
            told.put(present.id().value(), present.object());
            present.links()
                    .forEach(change -> toldLinks.add(change.kind() + " " + present.id() + " "
                            + change.target().id()));
        });

        assertThat(told.keySet()).isEqualTo(listed.keySet());
        assertThat(toldLinks).isEqualTo(links).isNotEmpty();
        assertThat(link.url()).contains("delta");
    }

    @Test
    void managersOfManyUsersComeInBatchesAndInDeltas() {
        List<ObjectId> users = new ArrayList<>();
        reader.list(USERS, user -> users.add(new ObjectId(id(user))));
        Map<String, String> managers = new TreeMap<>();
        reader.links(
                LinkKind.USER_MANAGER,
                users,
                (source, target) -> managers.put(source.value(), target.id().value()));

        Map<String, String> told = new TreeMap<>();
        DeltaLink unused = follow(ObjectKind.USER, Optional.empty(), item -> {
            if (item instanceof DeltaItem.Present present) {
                present.links()
                        .forEach(change -> told.put(
                                present.id().value(), change.target().id().value()));
            }
        });

        assertThat(managers).hasSizeGreaterThan(2_000);
        assertThat(told).isEqualTo(managers);
    }

    @Test
    void manyObjectsAreFoundByTheirIds() {
        Map<ObjectRef, JsonObject> listed = new HashMap<>();
        reader.list(USERS, user -> listed.put(ObjectRef.of(ObjectKind.USER, id(user)), user));
        List<ObjectRef> wanted = new ArrayList<>(listed.keySet());
        wanted.add(ObjectRef.of(ObjectKind.USER, "00000000-0000-4000-8000-000000000000"));

        Map<ObjectRef, JsonObject> found = reader.findAll(wanted);

        assertThat(found.keySet()).isEqualTo(listed.keySet());
        assertThat(found.entrySet().stream()
                        .filter(e -> !e.getValue().equals(listed.get(e.getKey())))
                        .count())
                .isZero();
        assertThat(connection.pacer().statistics().get(Lane.READ).requests()).isLessThan(10);
    }

    @Test
    void anObjectAskedForAloneLooksAsInAList() {
        Map<ObjectRef, JsonObject> listed = new HashMap<>();
        reader.list(USERS, user -> listed.put(ObjectRef.of(ObjectKind.USER, id(user)), user));
        ObjectRef one = listed.keySet().iterator().next();

        assertThat(reader.find(one)).contains(listed.get(one));
        assertThat(reader.findAll(List.of(one))).isEqualTo(Map.of(one, listed.get(one)));
    }

    @Test
    void aListIsCompleteAlthoughOneAnswerInFourIsBad() {
        Set<String> expected = new TreeSet<>();
        reader.list(USERS, user -> expected.add(id(user)));
        for (Fault fault : List.of(
                Fault.THROTTLED,
                Fault.UNAVAILABLE,
                Fault.BAD_GATEWAY,
                Fault.TRUNCATED,
                Fault.HTML_PAGE,
                Fault.ANSWER_LOST,
                Fault.CONNECTION_RESET)) {
            tenant.simulator().faults().add(FaultRule.of(fault, 0.04));
        }

        for (int i = 0; i < 10; i++) {
            List<String> seen = new ArrayList<>();
            reader.list(USERS, user -> seen.add(id(user)));
            assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(tenant.simulator().faults().counts()).hasSizeGreaterThan(2);
    }

    @Test
    void anExpiredPageBeginsTheListAgain() {
        tenant.simulator()
                .faults()
                .add(new FaultRule(Fault.EXPIRED_PAGE, 1, Set.of("GET"), Pattern.compile("users"), 1, 1, 0));

        Listing listing = reader.list(USERS, user -> {});

        assertThat(listing.restarts()).isEqualTo(1);
        assertThat(listing.objects()).isEqualTo(2_500);
    }

    @Test
    void aDeltaThatIsResetIsGone() {
        DeltaLink link = reader.deltaFromNow(USERS);
        tenant.simulator().faults().add(FaultRule.next(Fault.RESYNC, 1, "GET", "delta"));

        assertThatThrownBy(() -> reader.delta(USERS, Optional.of(link)))
                .isInstanceOfSatisfying(
                        GraphException.class, e -> assertThat(e.reason()).isEqualTo(GraphException.Reason.GONE));
    }

    @Test
    void aClaimsChallengeIsAnswered() {
        tenant.simulator().faults().add(FaultRule.next(Fault.CLAIMS_CHALLENGE, 1, "GET", "users"));

        assertThat(reader.list(USERS, user -> {}).objects()).isEqualTo(2_500);
    }

    @Test
    void realQuotasAreKeptWithoutASingleRejection() {
        List<ObjectId> users = new ArrayList<>();
        reader.list(USERS, user -> users.add(new ObjectId(id(user))));

        for (int i = 0; i < 4; i++) {
            reader.links(LinkKind.USER_MANAGER, users, (source, target) -> {});
        }

        assertThat(connection.pacer().statistics().get(Lane.READ).throttled()).isZero();
        assertThat(connection.pacer().statistics().get(Lane.READ).requests()).isGreaterThan(10_000);
        assertThat(connection.pacer().statistics().get(Lane.READ).waited()).isPositive();
    }

    private DeltaLink follow(
            ObjectKind kind, Optional<DeltaLink> from, java.util.function.Consumer<DeltaItem> consumer) {
        DeltaPage page = reader.delta(Catalogue.of(kind), from);
        page.items().forEach(consumer);
        while (!page.complete()) {
            page = reader.delta(Catalogue.of(kind), Optional.of(page.next()));
            page.items().forEach(consumer);
        }
        return page.next();
    }

    private static String id(JsonObject object) {
        return object.findString("id").orElseThrow();
    }
}
