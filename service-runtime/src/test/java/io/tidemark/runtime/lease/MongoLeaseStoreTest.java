package io.tidemark.runtime.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.tidemark.backends.EmbeddedDatabase;
import io.tidemark.layout.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoLeaseStoreTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static EmbeddedDatabase database;
    private static MongoClient client;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-05-01T10:00:00Z"));
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final String name = UUID.randomUUID().toString();
    private final LeaseStore one = new MongoLeaseStore(client, "leases-test", clock);
    private final LeaseStore other = new MongoLeaseStore(client, "leases-test", clock);

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(folder, 0);
        client = MongoClients.create(database.connectionString());
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        database.close();
    }

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    @Test
    void aLeaseThatIsHeldCannotBeTaken() {
        assertThat(one.acquire(name, MINUTE)).isPresent();

        assertThat(other.acquire(name, MINUTE)).isEmpty();
        assertThat(one.acquire(name, MINUTE)).isEmpty();
    }

    @Test
    void whoTakesAnEndedLeaseGetsAHigherFence() {
        Lease first = one.acquire(name, MINUTE).orElseThrow();
        clock.move(MINUTE.plusSeconds(1));

        Lease second = other.acquire(name, MINUTE).orElseThrow();

        assertThat(second.fence()).isGreaterThan(first.fence());
    }

    @Test
    void aHolderThatWasOvertakenCannotRenew() {
        Lease first = one.acquire(name, MINUTE).orElseThrow();
        clock.move(MINUTE.plusSeconds(1));
        Lease second = other.acquire(name, MINUTE).orElseThrow();

        assertThat(one.renew(first, MINUTE)).isEmpty();
        assertThat(other.renew(second, MINUTE)).isPresent();
    }

    @Test
    void renewingProlongsAndKeepsTheFence() {
        Lease held = one.acquire(name, MINUTE).orElseThrow();
        clock.move(Duration.ofSeconds(50));
        Lease renewed = one.renew(held, MINUTE).orElseThrow();
        clock.move(Duration.ofSeconds(50));

        assertThat(renewed.fence()).isEqualTo(held.fence());
        assertThat(other.acquire(name, MINUTE)).isEmpty();
    }

    @Test
    void aLeaseGivenBackCanBeTakenAtOnce() {
        Lease held = one.acquire(name, MINUTE).orElseThrow();

        one.release(held);

        assertThat(other.acquire(name, MINUTE)).isPresent();
    }

    @Test
    void givingBackAnOvertakenLeaseChangesNothing() {
        Lease first = one.acquire(name, MINUTE).orElseThrow();
        clock.move(MINUTE.plusSeconds(1));
        assertThat(other.acquire(name, MINUTE)).isPresent();

        one.release(first);

        assertThat(one.acquire(name, MINUTE)).isEmpty();
    }

    @Test
    void ofManyWhoTryAtOnceOneGetsIt() {
        AtomicInteger holders = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> new MongoLeaseStore(client, "leases-test", clock)
                        .acquire(name, MINUTE)
                        .ifPresent(lease -> holders.incrementAndGet())))
                .toList();

        threads.forEach(Thread::start);
        threads.forEach(MongoLeaseStoreTest::join);

        assertThat(holders).hasValue(1);
    }

    @Test
    void aKeptLeaseIsRenewedInTime() {
        Duration length = Duration.ofMillis(300);
        Lease first = one.acquire(name, length).orElseThrow();

        try (KeptLease kept = new KeptLease(one, first, length, clock, timer)) {
            clock.move(length.minusMillis(1));

            await().until(kept::isHeld);
            clock.move(length.dividedBy(2));
            assertThat(other.acquire(name, length)).isEmpty();
            assertThat(kept.fence()).isEqualTo(first.fence());
        }
        assertThat(other.acquire(name, length)).as("given back").isPresent();
    }

    @Test
    void aLeaseThatIsNotRenewedCountsAsLostBeforeItEnds() {
        Lease first = one.acquire(name, MINUTE).orElseThrow();

        try (KeptLease kept = new KeptLease(one, first, MINUTE, clock, timer)) {
            clock.move(Duration.ofSeconds(39));
            assertThat(kept.isHeld()).isTrue();

            clock.move(Duration.ofSeconds(2));
            assertThat(kept.isHeld()).isFalse();
            assertThat(other.acquire(name, MINUTE)).as("still the first one's").isEmpty();
        }
    }

    @Test
    void aKeptLeaseThatAnotherHasTakenIsLostForGood() {
        Duration length = Duration.ofMillis(300);
        Lease first = one.acquire(name, length).orElseThrow();
        clock.move(MINUTE);
        Lease second = other.acquire(name, MINUTE).orElseThrow();

        try (KeptLease kept = new KeptLease(one, first, length, clock, timer)) {
            clock.move(MINUTE.negated());
            assertThat(kept.isHeld())
                    .as("as far as the first one's clock tells")
                    .isTrue();

            await().until(() -> !kept.isHeld());
        }
        assertThat(other.renew(second, MINUTE))
                .as("not given back by the first")
                .isPresent();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
