package io.tidemark.audit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tidemark.contracts.OpsEvent;
import io.tidemark.directory.TenantId;
import io.tidemark.layout.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditPollerTest {

    private static final TenantId TENANT = TenantId.parse("9f1b6f2e-3c0d-4a55-8b1e-2f6d0c7a1e10");
    private static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

    private final MovableClock clock = new MovableClock(START);
    private final ScriptedLog log = new ScriptedLog(TENANT, clock);
    private final InMemorySeenStore seen = new InMemorySeenStore();
    private final InMemoryWatermarkStore watermarks = new InMemoryWatermarkStore();
    private final InMemoryLeases leases = new InMemoryLeases(clock);
    private final RecordingPublisher publisher = new RecordingPublisher();

    @Test
    void whatHappenedIsPublishedOnceHoweverOftenTheLogIsRead() {
        log.happens("a", Duration.ZERO);
        log.happens("b", Duration.ZERO);

        assertThat(poll()).isEqualTo(2);
        assertThat(poll()).isZero();

        assertThat(publisher.ids()).containsExactly("a", "b");
        assertThat(publisher.changes).extracting(change -> change.object().id()).containsExactly("u-a", "u-b");
        assertThat(watermarks.find(TENANT).events()).isEqualTo(2);
    }

    @Test
    void anEntryThatShowsUpLateIsTakenInThoughNewerOnesWereSeen() {
        log.happens("late", Duration.ofMinutes(15));
        clock.move(Duration.ofSeconds(10));
        log.happens("early", Duration.ZERO);
        poll();
        clock.move(Duration.ofMinutes(16));

        poll();

        assertThat(publisher.ids()).containsExactly("early", "late");
        assertThat(watermarks.find(TENANT).watermark()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void twoEntriesOfTheSameInstantAreTwo() {
        log.happens("Directory_c_1", Duration.ZERO);
        poll();
        log.happens("Directory_c_2", Duration.ZERO);

        poll();

        assertThat(publisher.ids()).containsExactly("Directory_c_1", "Directory_c_2");
    }

    @Test
    void aKillBetweenPublishingAndRememberingLosesNothing() {
        log.happens("a", Duration.ZERO);
        seen.broken = true;
        assertThatThrownBy(this::poll).hasMessage("killed between publishing and remembering");

        poll();
        poll();

        assertThat(publisher.ids()).containsExactly("a", "a");
        assertThat(watermarks.find(TENANT).watermark()).isEqualTo(START);
    }

    @Test
    void whatTheBrokerDidNotTakeIsNotTakenForSeen() {
        log.happens("a", Duration.ZERO);
        publisher.broken = true;
        assertThatThrownBy(this::poll).hasMessage("the broker is out of order");
        assertThat(watermarks.find(TENANT).watermark()).isBefore(START);

        poll();

        assertThat(publisher.ids()).containsExactly("a");
    }

    @Test
    void aReadingThatBreaksOffKeepsWhatItHasSecured() {
        log.happens("old", START.minus(Duration.ofHours(20)), Duration.ZERO);
        log.happens("new", START.minus(Duration.ofHours(1)), Duration.ZERO);
        log.breakOffAfter(1);
        assertThatThrownBy(this::poll).hasMessage("the reading broke off");

        assertThat(publisher.ids()).containsExactly("old");
        assertThat(watermarks.find(TENANT).watermark()).isEqualTo(START.minus(Duration.ofHours(20)));
        poll();
        assertThat(publisher.ids()).containsExactly("old", "new");
    }

    @Test
    void whatIsPastRetentionIsRecordedAsLostAndReported() {
        log.happens("before", Duration.ZERO);
        poll();
        clock.move(Duration.ofDays(10));
        log.happens("after", Duration.ZERO);

        poll();

        Instant oldest = clock.instant().minus(Duration.ofDays(7));
        IngestionState state = watermarks.find(TENANT);
        assertThat(state.gaps()).containsExactly(new IngestionState.Gap(START, oldest, clock.instant()));
        assertThat(state.coverage()).hasSize(2);
        assertThat(state.coverage().get(1).from()).isEqualTo(oldest);
        assertThat(publisher.operations).extracting(OpsEvent::event).containsExactly("audit-gap");
        assertThat(publisher.ids()).containsExactly("before", "after");
        poll();
        assertThat(watermarks.find(TENANT).gaps()).hasSize(1);
    }

    @Test
    void aLongCalmIsNoGap() {
        log.happens("a", Duration.ZERO);
        for (int day = 0; day < 40; day++) {
            poll();
            clock.move(Duration.ofDays(1));
        }

        poll();

        assertThat(watermarks.find(TENANT).gaps()).isEmpty();
        assertThat(watermarks.find(TENANT).coverage()).hasSize(1);
    }

    @Test
    void aTenantThatAnotherReaderHasIsLeftAlone() {
        log.happens("a", Duration.ZERO);
        leases.stolenBy("another");

        assertThat(poller().poll(TENANT)).isEmpty();

        assertThat(publisher.ids()).isEmpty();
    }

    @Test
    void aReaderThatLostItsLeaseDoesNotOverwriteItsSuccessor() {
        watermarks.keep(TENANT, IngestionState.UNREAD.polled(START.plusSeconds(1)), 5);
        log.happens("a", Duration.ZERO);

        assertThatThrownBy(this::poll).isInstanceOf(LeaseLostException.class);

        assertThat(watermarks.find(TENANT).lastPollAt()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void aBusyLogIsNotReadInFullWithEveryPoll() {
        for (int i = 0; i < 5000; i++) {
            log.happens("e" + i, Duration.ZERO);
        }
        poll();
        clock.move(Duration.ofSeconds(2));
        poll();
        clock.move(Duration.ofSeconds(30));
        poll();

        assertThat(log.asked())
                .extracting(span -> Duration.between(span.from(), START))
                .endsWith(Duration.ofMinutes(2), Duration.ofMinutes(30));
        assertThat(publisher.ids()).hasSize(5000);
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostWhateverBreaksAndHoweverLateItIs(long seed) {
        Random dice = new Random(seed);
        boolean faults = dice.nextBoolean();
        poll();
        for (int round = 0; round < 60; round++) {
            for (int i = dice.nextInt(5); i > 0; i--) {
                log.happens(
                        "r" + round + "-" + i,
                        clock.instant().minusMillis(dice.nextInt(2000)),
                        Duration.ofSeconds(dice.nextInt(25 * 60)));
            }
            clock.move(Duration.ofSeconds(dice.nextInt(120)));
            if (faults) {
                seen.broken = dice.nextInt(4) == 0;
                publisher.broken = dice.nextInt(4) == 0;
                log.breakOffAfter(dice.nextInt(3) == 0 ? dice.nextInt(4) : Integer.MAX_VALUE);
            }
            pollAsTheScheduleDoes();
        }
        seen.broken = false;
        publisher.broken = false;
        log.breakOffAfter(Integer.MAX_VALUE);
        clock.move(Duration.ofMinutes(26));
        poll();

        assertThat(new HashSet<>(publisher.ids())).isEqualTo(new HashSet<>(log.ids()));
        if (!faults) {
            assertThat(publisher.ids()).doesNotHaveDuplicates();
        }
    }

    private void pollAsTheScheduleDoes() {
        try {
            poll();
        } catch (IllegalStateException broken) {
            assertThat(broken).hasMessageMatching("killed.*|the broker.*|the reading.*");
        }
    }

    private long poll() {
        return poller().poll(TENANT).orElseThrow();
    }

    private AuditPoller poller() {
        AuditConfig config = new SmallRyeConfigBuilder()
                .withMapping(AuditConfig.class)
                .withDefaultValues(Map.of())
                .build()
                .getConfigMapping(AuditConfig.class);
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        AuditIntake intake = new AuditIntake(seen, publisher, clock, metrics);
        return new AuditPoller(log, intake, watermarks, leases, publisher, config, clock, metrics);
    }
}
