package io.tidemark.simulator.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulator.tenant.SimulatorClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final UUID TENANT = new UUID(1, 1);

    private final SimulatorClock clock =
            new SimulatorClock(Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC));
    private int users = 10;
    private final Quotas quotas = new Quotas(clock, QuotaMode.REAL, tenant -> users);

    private static Charge read(int units) {
        return new Charge("directory", units, false, "users", null, false, Priority.NORMAL);
    }

    private static Charge read(int units, Priority priority) {
        return new Charge("directory", units, false, "users", null, false, priority);
    }

    private static Charge write(String service, String area, String user) {
        return new Charge(service, 1, true, area, user, false, Priority.NORMAL);
    }

    private int passing(int tries, String appId, Charge charge) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            passed += quotas.charge(TENANT, appId, charge).passed() ? 1 : 0;
        }
        return passed;
    }

    @Test
    void largerTenantsMayReadMore() {
        assertThat(passing(36, "small", read(100))).isEqualTo(35);
        users = 500;
        assertThat(passing(51, "medium", read(100))).isEqualTo(50);
        users = 501;
        assertThat(passing(81, "large", read(100))).isEqualTo(80);
    }

    @Test
    void anApplicationMayReadOnlySoMuchInAllTenants() {
        users = 1000;
        int passed = 0;
        for (int tenant = 0; tenant < 20; tenant++) {
            for (int i = 0; i < 80; i++) {
                passed += quotas.charge(new UUID(2, tenant), "everywhere", read(100))
                                .passed()
                        ? 1
                        : 0;
            }
        }

        assertThat(passed).isEqualTo(1500);
        assertThat(quotas.charge(new UUID(3, 3), "everywhere", read(100))
                        .headers()
                        .get("x-ms-throttle-scope"))
                .startsWith("Application/Read/everywhere/");
    }

    @Test
    void noApplicationMayAskMoreThanGraphAllowsAtAll() {
        Charge charge = new Charge("subscriptions", 1, false, "subscriptions", null, false, Priority.NORMAL);

        assertThat(passing(130_005, "busy", charge)).isEqualTo(130_000);
    }

    @Test
    void theTenantsWritesAreLimitedForAllApplicationsTogether() {
        int passed = 0;
        for (int app = 0; app < 7; app++) {
            passed += passing(3000, "app" + app, write("directory", "users", null));
        }

        assertThat(passed).isEqualTo(18_000);
        assertThat(quotas.charge(TENANT, "app9", write("directory", "users", null))
                        .headers())
                .containsEntry("x-ms-throttle-scope", "Tenant/Write/app9/" + TENANT)
                .containsEntry("x-ms-throttle-information", "WriteLimitExceeded");
    }

    @Test
    void aUserMayWriteTwentyFiveDevicesInTenSeconds() {
        assertThat(passing(30, "app", write("directory", "devices", "user"))).isEqualTo(25);
        assertThat(passing(30, "app", write("directory", "devices", null))).isEqualTo(30);
    }

    @Test
    void everyAreaOfIntuneIsLimitedAlone() {
        assertThat(passing(120, "app", write("intune", "deviceconfigurations", null)))
                .isEqualTo(100);
        assertThat(passing(120, "app", write("intune", "devicecompliancepolicies", null)))
                .isEqualTo(100);
        assertThat(passing(120, "other", write("intune", "deviceconfigurations", null)))
                .isEqualTo(100);
        assertThat(passing(120, "third", write("intune", "deviceconfigurations", null)))
                .isZero();
    }

    @Test
    void reportsAreLimitedForAnApplicationInAllTenants() {
        Charge report = new Charge("reports", 1, false, "signIns", null, false, Priority.NORMAL);
        int passed = 0;
        for (int tenant = 0; tenant < 30; tenant++) {
            for (int i = 0; i < 5; i++) {
                passed += quotas.charge(new UUID(4, tenant), "reporter", report).passed() ? 1 : 0;
            }
        }

        assertThat(passed).isEqualTo(122);
    }

    @Test
    void theUsedShareIsToldFromFourFifthsOnAndRisesWithRefusals() {
        assertThat(passing(27, "app", read(100))).isEqualTo(27);
        assertThat(quotas.charge(TENANT, "app", read(1)).headers()).doesNotContainKey("x-ms-throttle-limit-percentage");
        assertThat(quotas.charge(TENANT, "app", read(100)).headers())
                .containsEntry("x-ms-throttle-limit-percentage", "0.8");
        passing(20, "app", read(100));

        Verdict urgent = null;
        while (urgent == null || !urgent.passed()) {
            clock.advance(Duration.ofMillis(50));
            urgent = quotas.charge(TENANT, "app", read(1, Priority.HIGH));
        }

        assertThat(urgent.headers().get("x-ms-throttle-limit-percentage")).isIn("1.0", "1.1");
    }

    @Test
    void underPressureTheUnimportantWaitsLonger() {
        passing(36, "app", read(100));
        clock.advance(Duration.ofMillis(500));

        assertThat(quotas.charge(TENANT, "app", read(1, Priority.LOW)).passed()).isFalse();
        assertThat(quotas.charge(TENANT, "app", read(1)).passed()).isTrue();
    }

    @Test
    void outsideTheDirectoryTheUnimportantWaitsNoLonger() {
        Charge policies = new Charge("conditionalAccess", 1, false, "policies", null, false, Priority.LOW);
        assertThat(passing(2, "app", policies)).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));

        assertThat(quotas.charge(TENANT, "app", policies).passed()).isTrue();
    }
}
