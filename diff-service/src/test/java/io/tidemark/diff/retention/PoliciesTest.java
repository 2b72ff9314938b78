package io.tidemark.diff.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.diff.retention.TestRetention.Settings;
import io.tidemark.diff.retention.TestRetention.Window;
import io.tidemark.directory.TenantId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final TenantId other = new TenantId(UUID.randomUUID());

    @Test
    void everythingIsKeptUnlessAWindowIsSet() {
        assertThat(new Policies(new Settings("off", 30, 8, "ever", 3)).of(tenant))
                .isEmpty();
        assertThat(new Policies(new Settings("P30D", 30, 8, "ever", 3)).of(tenant))
                .contains(new Policy(Duration.ofDays(30), 30, 8, Policy.EVER, 3));
    }

    @Test
    void aTenantCanHaveAWindowOfItsOwnAndHasTheOtherRulesOfAll() {
        Policies policies = new Policies(
                new Settings("off", 5, 8, "12", 3, Map.of(tenant.toString(), new Window(Optional.of("P7D")))));
        Policies spared = new Policies(
                new Settings("P30D", 5, 8, "12", 3, Map.of(tenant.toString(), new Window(Optional.of("off")))));

        assertThat(policies.of(tenant)).contains(new Policy(Duration.ofDays(7), 5, 8, 12, 3));
        assertThat(policies.of(other)).isEmpty();
        assertThat(policies.isAnySet()).isTrue();
        assertThat(spared.of(tenant)).isEmpty();
        assertThat(spared.of(other)).isPresent();
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        refused(new Settings("PT0S", 1, 1, "1", 1), "tidemark.retention.window", "PT0S");
        refused(new Settings("-P3D", 1, 1, "1", 1), "tidemark.retention.window");
        refused(new Settings("a month", 1, 1, "1", 1), "tidemark.retention.window", "a month", "off");
        refused(new Settings("P9D", -1, 1, "1", 1), "tidemark.retention.daily", "-1");
        refused(new Settings("P9D", 1, -2, "1", 1), "tidemark.retention.weekly", "-2");
        refused(new Settings("P9D", 1, 1, "always", 1), "tidemark.retention.monthly", "always", "ever");
        refused(new Settings("P9D", 1, 1, "-1", 1), "tidemark.retention.monthly", "-1");
        refused(new Settings("P9D", 1, 1, "1", 0), "tidemark.retention.last", "0");
        refused(new Settings("off", 1, 1, "1", 0), "tidemark.retention.last");
        refused(
                new Settings("off", 1, 1, "1", 1, Map.of("contoso", new Window(Optional.of("P9D")))),
                "tidemark.retention.tenants",
                "contoso");
        refused(
                new Settings("off", 1, 1, "1", 1, Map.of(tenant.toString(), new Window(Optional.of("0")))),
                "tidemark.retention.tenants.\"" + tenant + "\".window");
    }

    private static void refused(Settings settings, String... words) {
        assertThatThrownBy(() -> new Policies(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(words);
    }
}
