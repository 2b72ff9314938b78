package io.tidemark.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import io.tidemark.layout.SaidLines;
import io.tidemark.runtime.event.Outage;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void aJobIsDoneMoreOftenThanOnceASecond() {
        AtomicInteger done = new AtomicInteger();
        long since = System.nanoTime();
        try (Rounds rounds = Rounds.begin("counting", SHORT, done::incrementAndGet)) {
            await().pollInterval(Duration.ofMillis(5)).until(() -> done.get() >= 10);
            assertThat(rounds).isNotNull();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aRoundThatTakesLongIsNotOvertakenByTheNext() {
        AtomicBoolean under = new AtomicBoolean();
        AtomicBoolean overtaken = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        Runnable job = () -> {
            overtaken.compareAndSet(false, !under.compareAndSet(false, true));
            await().pollDelay(SHORT.multipliedBy(3)).until(() -> true);
            under.set(false);
            done.incrementAndGet();
        };
        try (Rounds rounds = Rounds.begin("long job", SHORT, job)) {
            await().until(() -> done.get() >= 3);
            assertThat(rounds).isNotNull();
        }
        assertThat(overtaken).isFalse();
    }

    @Test
    void roundsThatFailAreRepeatedAndSayWhyOnceForEachReason() {
        AtomicInteger turn = new AtomicInteger();
        Runnable job = () -> {
            int now = turn.incrementAndGet();
            if (now <= 4) {
                throw now % 2 == 1
                        ? new MongoTimeoutException("no server")
                        : new MongoSocketReadTimeoutException("cut off", new ServerAddress(), new IOException());
            }
            if (now <= 6) {
                throw new IllegalStateException("a mistake");
            }
        };
        try (SaidLines said = SaidLines.of(Rounds.class);
                Rounds rounds = Rounds.begin("unlucky", SHORT, job)) {
            await().until(() -> turn.get() >= 9);
            assertThat(rounds).isNotNull();

            assertThat(said.lines())
                    .containsExactly(
                            "round failed, it is repeated what=unlucky reason=MongoTimeoutException todo="
                                    + Outage.TODO,
                            "round failed, it is repeated what=unlucky [with a trace]",
                            "rounds go on what=unlucky failed=6");
        }
    }

    @Test
    void anErrorEndsARoundAndNotTheRounds() {
        AtomicInteger turn = new AtomicInteger();
        Runnable job = () -> {
            if (turn.incrementAndGet() == 1) {
                throw new StackOverflowError();
            }
        };
        try (SaidLines said = SaidLines.of(Rounds.class);
                Rounds rounds = Rounds.begin("deep", SHORT, job)) {
            await().until(() -> turn.get() >= 3);
            assertThat(rounds).isNotNull();
            assertThat(said.lines())
                    .containsExactly(
                            "round failed, it is repeated what=deep [with a trace]", "rounds go on what=deep failed=1");
        }
    }

    @Test
    void afterTheEndThereIsNoFurtherRoundAndTheOneThatGoesOnIsInterrupted() {
        AtomicInteger begun = new AtomicInteger();
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch never = new CountDownLatch(1);
        Rounds rounds = Rounds.begin("endless", SHORT, () -> {
            begun.incrementAndGet();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        await().until(() -> begun.get() == 1);

        rounds.close();

        await().untilTrue(interrupted);
        await().during(SHORT.multipliedBy(5)).until(() -> begun.get() == 1);
    }

    @Test
    void aPauseThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Rounds.begin("hasty", Duration.ZERO, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hasty");
    }
}
