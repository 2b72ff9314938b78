package io.tidemark.snapshot.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.directory.TenantId;
import io.tidemark.layout.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tenants that answer and tenants that do not, side by side. */
class CapturePoolTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T08:00:00Z"));
    private final CapturePool pool = new CapturePool(2, clock);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        answered.countDown();
        assertThat(pool.end(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void tenantsThatDoNotAnswerDoNotHoldUpTheOthers() {
        silent(1);
        silent(2);
        await().until(() -> ran.size() == 2);
        quick(3);
        pool.tend();
        assertThat(pool.isWaitedFor()).isTrue();

        clock.move(Duration.ofSeconds(31));
        pool.tend();

        await().until(() -> ran.contains("quick 3"));
        quick(4);
        await().until(() -> ran.contains("quick 4"));
    }

    @Test
    void whoComesOnKeepsItsWorkerAndTheOthersWait() {
        silent(1);
        silent(2);
        await().until(() -> ran.size() == 2);
        quick(3);
        clock.move(Duration.ofSeconds(31));
        pool.cameOn(tenant(1));
        pool.cameOn(tenant(2));

        pool.tend();

        assertThat(pool.isWaitedFor()).isTrue();
        assertThat(ran).doesNotContain("quick 3");
    }

    @Test
    void thereAreNotMoreThanBeforeOnceAllComeOn() {
        silent(1);
        silent(2);
        await().until(() -> ran.size() == 2);
        clock.move(Duration.ofSeconds(31));
        pool.tend();
        silent(3);
        silent(4);
        await().until(() -> ran.size() == 4);
        List.of(1, 2, 3, 4).forEach(number -> pool.cameOn(tenant(number)));
        pool.tend();

        quick(5);

        assertThat(pool.isWaitedFor()).isTrue();
        assertThat(ran).doesNotContain("quick 5");
    }

    private void silent(int number) {
        pool.execute(tenant(number), () -> {
            ran.add("silent " + number);
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void quick(int number) {
        pool.execute(tenant(number), () -> ran.add("quick " + number));
    }

    private static TenantId tenant(int number) {
        return TenantId.parse(new UUID(0, number).toString());
    }
}
