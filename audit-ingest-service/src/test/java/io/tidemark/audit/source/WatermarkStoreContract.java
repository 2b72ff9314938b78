package io.tidemark.audit.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.directory.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of ingestion states must do. */
abstract class WatermarkStoreContract {

    private static final Instant AT = Instant.parse("2026-05-01T10:00:00.123456700Z");

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final IngestionState state = IngestionState.UNREAD
            .covered(new Span(AT, AT.plusSeconds(60)), AT.plusSeconds(3), 7, Duration.ofDays(1))
            .lost(new Span(AT.plusSeconds(60), AT.plusSeconds(90)), AT.plusSeconds(100))
            .covered(new Span(AT.plusSeconds(90), AT.plusSeconds(200)), null, 0, Duration.ofDays(1))
            .polledWide(AT.plusSeconds(200), 12);

    abstract WatermarkStore store();

    @Test
    void aTenantThatWasNeverReadIsUnread() {
        assertThat(store().find(tenant)).isEqualTo(IngestionState.UNREAD);
    }

    @Test
    void whatWasKeptIsFoundToTheNanosecond() {
        assertThat(store().keep(tenant, state, 1)).isTrue();

        assertThat(store().find(tenant)).isEqualTo(state);
    }

    @Test
    void aHolderMayKeepAgainAndAgain() {
        store().keep(tenant, IngestionState.UNREAD, 1);

        assertThat(store().keep(tenant, state, 1)).isTrue();
        assertThat(store().keep(tenant, state.polled(AT), 2)).isTrue();
        assertThat(store().find(tenant)).isEqualTo(state.polled(AT));
    }

    @Test
    void anOlderFenceKeepsNothing() {
        store().keep(tenant, state, 5);

        assertThat(store().keep(tenant, IngestionState.UNREAD, 4)).isFalse();

        assertThat(store().find(tenant)).isEqualTo(state);
    }
}
