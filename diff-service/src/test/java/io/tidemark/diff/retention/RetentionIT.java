package io.tidemark.diff.retention;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoCollection;
import io.tidemark.diff.Database;
import io.tidemark.diff.history.Gap;
import io.tidemark.diff.history.History;
import io.tidemark.diff.history.MongoStoredStates;
import io.tidemark.diff.history.Span;
import io.tidemark.diff.history.Stamp;
import io.tidemark.diff.retention.KeptMoment.Why;
import io.tidemark.diff.retention.RandomPast.Taken;
import io.tidemark.diff.retention.TestRetention.Settings;
import io.tidemark.diff.seal.Snapshot.State;
import io.tidemark.diff.verify.Finding;
import io.tidemark.diff.verify.Level;
import io.tidemark.diff.verify.SnapshotCheck;
import io.tidemark.diff.verify.Verdict.Outcome;
import io.tidemark.diff.verify.VerifyOrder;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lets tenants live for weeks under a policy, and looks whether all that is to be kept is as it was. */
class RetentionIT {

    private static final Settings POLICY = new Settings("P2D", 3, 1, "1", 2);
    private static final Settings SHORT = new Settings("P1D", 0, 0, "0", 1);

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final String database = Database.fresh();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsKeptIsAsItWas(long seed) {
        Settings settings = seed % 3 == 0 ? SHORT : POLICY;
        RandomPast past = new RandomPast(tenant, database, seed);
        TestRetention retention = new TestRetention(database, settings, past.clock);
        List<Taken> doubted = new ArrayList<>();

        for (int i = 0; i < 60; i++) {
            Taken one = past.capture(i > 3);
            if (one.state() == State.SUSPECT) {
                doubted.add(one);
            }
            long before = versions();
            retention.round(tenant);
            if (!doubted.isEmpty()) {
                assertThat(versions()).isEqualTo(before);
                if (i % 3 == 0) {
                    doubted.forEach(past::accept);
                    doubted.clear();
                }
            }
            if (i % 10 == 9) {
                holds(past, retention, settings);
            }
        }
        doubted.forEach(past::accept);
        retention.round(tenant);

        holds(past, retention, settings);
        assertThat(past.snapshots.list(tenant, 1000, null).snapshots()).hasSizeLessThan(40);
        assertThat(retention.outlook(tenant).versions()).isZero();
        assertThat(versions()).isLessThan(superseded(past));
    }

    /** All that was asked to be kept is there, whole and provable; all else is refused. */
    private void holds(RandomPast past, TestRetention retention, Settings settings) {
        Instant sealed = past.taken.stream()
                .filter(Taken::isGood)
                .map(Taken::sealedAt)
                .max(Instant::compareTo)
                .orElseThrow();
        List<Taken> good = past.taken.stream().filter(Taken::isGood).toList();
        Set<String> last = new HashSet<>();
        good.subList(Math.max(0, good.size() - settings.last()), good.size()).forEach(one -> last.add(one.id()));
        Set<LocalDate> days = new TreeSet<>();
        for (Taken one : past.taken) {
            boolean young = !one.sealedAt().isBefore(sealed.minus(Duration.parse(settings.window())));
            boolean dropped = past.snapshots.findDropped(tenant, one.id()).isPresent();
            boolean firstOfDay = one.isGood()
                    && days.add(one.sealedAt().atOffset(ZoneOffset.UTC).toLocalDate());
            Instant dailyUntil =
                    sealed.minus(Duration.parse(settings.window())).minus(Duration.ofDays(settings.daily()));
            if (young
                    || one.pinned()
                    || last.contains(one.id())
                    || firstOfDay && !one.sealedAt().isBefore(dailyUntil)) {
                assertThat(dropped).as("snapshot %s is dropped", one.id()).isFalse();
            }
            if (!dropped && one.state() != State.INCOMPLETE) {
                assertThat(retention.past.isKept(tenant, one.report().completedAt()))
                        .isTrue();
                intact(one);
                assertThat(past.history.supersededWithin(
                                tenant, one.report().startedAt(), one.report().completedAt()))
                        .as("what moved while %s was read", one.id())
                        .isEqualTo(one.readTwice());
            }
        }
        past.truth.forEach((instant, state) -> {
            if (retention.past.isKept(tenant, instant)) {
                assertThat(states(past, instant)).as("at %s", instant).isEqualTo(state);
            }
        });
        Instant since = retention.past.since(tenant).orElse(Instant.MIN);
        assertThat(since).isBeforeOrEqualTo(sealed.minus(Duration.parse(settings.window())));
    }

    private Map<StateKey, String> states(RandomPast past, Instant instant) {
        Map<StateKey, String> states = new HashMap<>();
        for (Span span : new History(past.history).page(tenant, null, 1000, instant)) {
            if (span.before() != null && span.before().isPresent()) {
                states.put(span.key(), span.before().mark().hash());
                assertThat(span.before().body()).isNotNull();
            }
        }
        return states;
    }

    private void intact(Taken one) {
        for (Level level : Level.values()) {
            List<Finding> findings = verify(one, level);
            assertThat(findings).as("%s %s", one.id(), level).isEmpty();
        }
    }

    private List<Finding> verify(Taken one, Level level) {
        List<Finding> findings = new ArrayList<>();
        Outcome outcome = new SnapshotCheck(
                        new MongoStoredStates(Database.client(), database),
                        tenant,
                        one.report().completedAt(),
                        new VerifyOrder(level, 0.5, 7),
                        findings::add,
                        beat -> {})
                .against(one.report().types())
                .outcome();
        assertThat(outcome).isEqualTo(findings.isEmpty() ? Outcome.INTACT : Outcome.DAMAGED);
        return findings;
    }

    /** Weeks without retention, then it is turned on: most is to go in one round. */
    private RandomPast weeks() {
        RandomPast past = new RandomPast(tenant, database, 42);
        for (int i = 0; i < 40; i++) {
            past.capture(false);
        }
        return past;
    }

    @Test
    void aVersionThatIsNeededAndTakenAwayByHandIsFoundAsBefore() {
        RandomPast past = weeks();
        TestRetention retention = new TestRetention(database, POLICY, past.clock);
        retention.round(tenant);
        retention.round(tenant);
        Taken kept = past.taken.stream()
                .filter(one -> one.isGood()
                        && past.snapshots.find(tenant, one.id()).isPresent()
                        && one.report()
                                .completedAt()
                                .isBefore(retention.past.since(tenant).orElseThrow()))
                .findFirst()
                .orElseThrow();
        String moment = Stamp.text(kept.report().completedAt());
        Document needed = collection("versions").find().into(new ArrayList<>()).stream()
                .filter(version -> version.getString("at").compareTo(moment) <= 0
                        && version.getString("until").compareTo(moment) > 0
                        && version.get("deleted") == null)
                .findFirst()
                .orElseThrow();
        assertThat(verify(kept, Level.STRUCTURE)).isEmpty();

        collection("versions").deleteOne(eq("_id", needed.get("_id")));

        String key = needed.getString("_id").split("\\|")[2];
        assertThat(verify(kept, Level.STRUCTURE))
                .anyMatch(finding -> finding.problem() == Finding.Problem.MISSING && key.equals(finding.id()));
    }

    @Test
    void aVersionThatIsNotAsItWasWrittenIsNotThinned() {
        RandomPast past = weeks();
        Document first =
                collection("versions").find().sort(new Document("until", 1)).first();
        collection("versions")
                .updateOne(eq("_id", first.get("_id")), new Document("$set", new Document("capture", "forged")));
        TestRetention retention = new TestRetention(database, SHORT, past.clock);
        retention.round(tenant);
        retention.round(tenant);

        assertThat(collection("versions").find(eq("_id", first.get("_id"))).first())
                .isNotNull();
        assertThat(versions()).isLessThan(superseded(past));
    }

    @Test
    void theFirstRoundDropsNothingAndTellsWhatTheNextOneWillDrop() {
        RandomPast past = weeks();
        TestRetention retention = new TestRetention(database, POLICY, past.clock);
        long before = versions();

        retention.round(tenant);

        Outlook outlook = retention.outlook(tenant);
        assertThat(versions()).isEqualTo(before);
        assertThat(outlook.round().held()).startsWith("FIRST_LOOK");
        assertThat(outlook.held()).isNull();
        retention.round(tenant);
        assertThat(before - versions()).isEqualTo(outlook.versions()).isPositive();
        Outlook after = retention.outlook(tenant);
        assertThat(after.round().snapshots()).isEqualTo(outlook.drops().size()).isPositive();
        assertThat(after.round().versions()).isEqualTo(outlook.versions());
        assertThat(after.drops()).isEmpty();
        assertThat(after.since()).isEqualTo(outlook.nextSince());
        assertThat(after.kept()).isNotEmpty().allMatch(moment -> !moment.why().isEmpty());
    }

    @Test
    void aMomentThatIsNotKeptIsRefusedWithTheNearestThatAre() {
        RandomPast past = weeks();
        TestRetention retention = new TestRetention(database, POLICY, past.clock);
        retention.round(tenant);
        retention.round(tenant);
        Instant since = retention.past.since(tenant).orElseThrow();
        KeptMoment kept = retention.outlook(tenant).kept().get(0);

        retention.past.require(tenant, since);
        retention.past.require(tenant, kept.instant());

        assertThatThrownBy(() -> retention.past.require(tenant, kept.instant().plusSeconds(1)))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.status()).isEqualTo(410);
                    assertThat(retention.past.nearest(tenant, kept.instant().plusSeconds(1)))
                            .containsEntry("keptBefore", kept.instant().toString())
                            .containsEntry("snapshotBefore", kept.snapshot())
                            .containsEntry("keptSince", since.toString());
                });
    }

    @Test
    void whatOpenWorkAndRestoresNeedIsKeptAsLongAsTheyNeedIt() {
        RandomPast past = weeks();
        TestRetention retention = new TestRetention(database, SHORT, past.clock);
        List<Instant> moments = List.copyOf(past.truth.keySet());
        Instant asked = moments.get(11);
        Instant restored = moments.get(20);
        retention.open.add(asked);
        retention.past.refer(tenant, restored);

        retention.round(tenant);
        retention.round(tenant);

        assertThat(retention.past.isKept(tenant, asked)).isTrue();
        assertThat(retention.past.isKept(tenant, restored)).isTrue();
        assertThat(states(past, asked)).isEqualTo(past.truth.get(asked));
        assertThat(states(past, restored)).isEqualTo(past.truth.get(restored));
        assertThat(retention
                        .store
                        .before(tenant, restored.plusNanos(1))
                        .orElseThrow()
                        .why())
                .contains(Why.REFERRED);
        assertThat(retention.past.isKept(tenant, moments.get(8))).isFalse();

        retention.open.clear();
        for (int i = 0; i < 40; i++) {
            past.capture(false);
            retention.round(tenant);
        }

        assertThat(retention.past.isKept(tenant, asked)).isFalse();
        assertThat(retention.past.isKept(tenant, restored)).isFalse();
    }

    @Test
    void aClockThatLeapsDropsNothingUntilSnapshotsAreSealedByItForALongTime() {
        RandomPast past = weeks();
        TestRetention retention = new TestRetention(database, POLICY, past.clock);
        retention.round(tenant);
        retention.round(tenant);
        long before = versions();

        past.clock.move(Duration.ofDays(30));
        Taken one = past.capture(false);
        for (int i = 0; i < 3 || !one.isGood(); i++) {
            one = past.capture(false);
            past.clock.move(Duration.ofHours(-1));
            if (i == 0) {
                retention.round(tenant);
            }
        }
        assertThat(retention.outlook(tenant).round().held()).startsWith("CLOCK");
        assertThat(versions()).isGreaterThanOrEqualTo(before);
        assertThat(retention.events.about("retention"))
                .singleElement()
                .asString()
                .contains("retention-held");

        past.clock.move(Duration.ofHours(12));
        Taken later;
        do {
            later = past.capture(false);
        } while (!later.isGood());
        // Rounds lie no further apart than a day meanwhile.
        retention.round(tenant);
        if (retention.outlook(tenant).round().held() != null) {
            do {
                later = past.capture(false);
                retention.round(tenant);
            } while (!later.isGood() || past.taken.size() < 60);
        }

        assertThat(retention.outlook(tenant).round().held()).isNull();
        assertThat(retention.past.isKept(
                        tenant, past.taken.get(39).report().completedAt().plusSeconds(1)))
                .isFalse();
    }

    @Test
    void gapsKeepWhatWasReadTwiceWhileAKeptSnapshotWasRead() {
        Instant t = Instant.parse("2026-05-01T00:00:00Z");
        Plan plan = new Plan(
                t.plusSeconds(1000),
                List.of(
                        new KeptMoment(t, t.minusSeconds(10), "a", Set.of(Why.DAILY)),
                        new KeptMoment(t.plusSeconds(100), t.plusSeconds(50), "b", Set.of(Why.PINNED))),
                List.of(),
                t.plusSeconds(990));

        assertThat(plan.gaps())
                .containsExactly(
                        new Gap(Gap.BEGINNING, t, t.minusSeconds(10)),
                        new Gap(t, t.plusSeconds(100), t.plusSeconds(50)),
                        new Gap(t.plusSeconds(100), t.plusSeconds(1000), t.plusSeconds(990)));
    }

    private long versions() {
        return collection("versions").countDocuments();
    }

    /** How many versions there would be if none had been thinned. */
    private long superseded(RandomPast past) {
        List<Integer> witnesses = new ArrayList<>();
        new MongoStoredStates(Database.client(), database)
                .witnesses(tenant, History.NEWEST, witness -> witnesses.add(1), broken -> {});
        return witnesses.size() - collection("objects").countDocuments();
    }

    private MongoCollection<Document> collection(String name) {
        return Database.client().getDatabase(database).getCollection(name);
    }
}
