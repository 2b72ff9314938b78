package io.tidemark.graph.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.graph.FastTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PacerTest {

    private static final List<Charge> WRITE = List.of(new Charge(Lane.READ, 1), new Charge(Lane.WRITE, 1));
    private static final List<Charge> POLICY = List.of(new Charge(Lane.CONDITIONAL_ACCESS, 1));

    private final FastTime time = new FastTime();

    @Test
    void writesUseTheBurstAndThenTwentyASecond() throws InterruptedException {
        Pacer pacer = pacer(1, 1);
        pay(pacer, WRITE, 3_000);
        assertThat(time.slept()).isEqualTo(Duration.ZERO);
        Instant start = time.instant();

        pay(pacer, WRITE, 1_000);

        double seconds = Duration.between(start, time.instant()).toMillis() / 1000.0;
        assertThat(1_000 / seconds).isBetween(19.0, 20.0);
    }

    @Test
    void onlyOurShareIsUsed() throws InterruptedException {
        Pacer pacer = pacer(0.5, 1);
        pay(pacer, WRITE, 1_500);
        Instant start = time.instant();

        pay(pacer, WRITE, 100);

        assertThat(Duration.between(start, time.instant()).toMillis() / 1000.0).isCloseTo(10, within(0.5));
    }

    @Test
    void fastQuotasAreSoManyTimesFaster() throws InterruptedException {
        Pacer pacer = pacer(1, 20);
        pay(pacer, WRITE, 60_000);
        Instant start = time.instant();

        pay(pacer, WRITE, 400);

        assertThat(Duration.between(start, time.instant()).toMillis() / 1000.0).isCloseTo(1, within(0.5));
    }

    @Test
    void conditionalAccessGetsOneRequestASecondAndLeavesTheOthersAlone() throws InterruptedException {
        Pacer pacer = pacer(1, 1);

        pay(pacer, POLICY, 6);

        assertThat(time.slept().toMillis()).isBetween(5_000L, 5_100L);
        Instant start = time.instant();
        pay(pacer, WRITE, 1);
        assertThat(time.instant()).isEqualTo(start);
    }

    @Test
    void reportsGetFiveRequestsInTenSeconds() throws InterruptedException {
        Pacer pacer = pacer(1, 1);

        pay(pacer, List.of(new Charge(Lane.REPORTS, 1)), 25);

        assertThat(time.slept().toSeconds()).isBetween(40L, 41L);
    }

    @Test
    void readingGetsFasterOnceTheTenantIsKnownToBeLarge() throws InterruptedException {
        Pacer pacer = pacer(1, 1);
        pacer.tenantHasUsers(5_000);
        List<Charge> page = List.of(new Charge(Lane.READ, 2));
        pay(pacer, page, 4_000);
        Instant start = time.instant();

        pay(pacer, page, 4_000);

        assertThat(Duration.between(start, time.instant()).toMillis() / 1000.0).isCloseTo(10, within(0.8));
    }

    @Test
    void manyRejectionsCloseTheLaneForAsLongAsGraphSays() throws InterruptedException {
        Pacer pacer = pacer(1, 1);
        reject(pacer, 7, Duration.ofSeconds(17));

        pay(pacer, WRITE, 1);

        assertThat(time.slept()).isGreaterThanOrEqualTo(Duration.ofSeconds(17)).isLessThan(Duration.ofMillis(17_100));
        assertThat(pacer.statistics().get(Lane.WRITE).throttled()).isEqualTo(7);
        assertThat(pacer.statistics().get(Lane.READ).throttled()).isZero();
    }

    @Test
    void rejectionsHereAndThereLeaveTheLaneOpen() throws InterruptedException {
        Pacer pacer = pacer(1, 1);
        for (int i = 0; i < 100; i++) {
            reject(pacer, 1, Duration.ofSeconds(30));
            for (int done = 0; done < 9; done++) {
                pacer.observe(WRITE, Observation.of(204));
            }
        }

        pay(pacer, WRITE, 1);

        assertThat(time.slept()).isEqualTo(Duration.ZERO);
        assertThat(pacer.statistics().get(Lane.WRITE).pace()).isEqualTo(1);
    }

    @Test
    void oneRejectionClosesTheLaneIfGraphSaysThatALimitIsExceeded() throws InterruptedException {
        Pacer pacer = pacer(1, 1);
        pacer.observe(WRITE, Observation.of(429, Optional.of(Duration.ofSeconds(3)), true));

        pay(pacer, WRITE, 1);

        assertThat(time.slept()).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(pacer.statistics().get(Lane.WRITE).pace()).isLessThan(1);
    }

    @Test
    void withoutRetryAfterTheLaneStaysAwayLongerEachTime() throws InterruptedException {
        Pacer pacer = pacer(1, 1);

        pacer.observe(POLICY, Observation.of(429));
        pay(pacer, POLICY, 1);
        Duration first = time.slept();
        pacer.observe(POLICY, Observation.of(429));
        pay(pacer, POLICY, 1);

        assertThat(first).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(time.slept().minus(first)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aBurstOfRejectionsSlowsDownOnceAndThePaceRecovers() throws InterruptedException {
        Pacer pacer = pacer(1, 1);
        reject(pacer, 20, Duration.ofSeconds(1));
        double slowed = pacer.statistics().get(Lane.WRITE).pace();

        time.sleep(Duration.ofSeconds(30));

        assertThat(slowed).isCloseTo(0.7, within(0.001));
        assertThat(pacer.statistics().get(Lane.WRITE).pace()).isEqualTo(1);
    }

    @Test
    void aQuotaThatIsAlmostUsedUpSlowsDownBeforeTheRejection() {
        Pacer pacer = pacer(1, 1);

        pacer.observe(
                List.of(new Charge(Lane.READ, 1)),
                new Observation(200, Optional.empty(), false, OptionalDouble.of(1.1), OptionalInt.of(1)));

        assertThat(pacer.statistics().get(Lane.READ).pace()).isCloseTo(0.9, within(0.001));
    }

    @Test
    void whatGraphReallyChargedIsWhatCounts() throws InterruptedException {
        Pacer pacer = pacer(1, 1);
        List<Charge> one = List.of(new Charge(Lane.READ, 1));
        pay(pacer, one, 1);
        pacer.observe(
                one, new Observation(200, Optional.empty(), false, OptionalDouble.empty(), OptionalInt.of(3_500)));

        pay(pacer, one, 1);

        assertThat(time.slept()).isGreaterThan(Duration.ZERO);
    }

    private static void reject(Pacer pacer, int times, Duration retryAfter) {
        for (int i = 0; i < times; i++) {
            pacer.observe(WRITE, Observation.of(429, Optional.of(retryAfter), false));
        }
    }

    private Pacer pacer(double share, double scale) {
        return new Pacer(new Quota(share, scale), time, time);
    }

    private static void pay(Pacer pacer, List<Charge> charges, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            pacer.pay(charges);
        }
    }
}
