package io.tidemark.diff.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.diff.Database;
import io.tidemark.diff.SampleStates;
import io.tidemark.diff.history.DamagedHistoryException;
import io.tidemark.diff.moment.Moments;
import io.tidemark.diff.seal.MongoSnapshotStore;
import io.tidemark.directory.TenantId;
import io.tidemark.layout.MovableClock;
import io.tidemark.runtime.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReadWhileThinnedIT {

    private static final Instant MOMENT = SampleStates.START;

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final String database = Database.fresh();
    private final MovableClock clock = new MovableClock(SampleStates.START);
    private final RetentionStore store = new MongoRetentionStore(Database.client(), database);
    private final Moments moments =
            new Moments(new MongoSnapshotStore(Database.client(), database), new Past(store, clock), clock);

    @Test
    void whatIsTakenAwayWhileItIsReadIsThinnedAndNotDamaged() {
        assertThatThrownBy(() -> moments.whole(tenant, MOMENT, () -> {
                    store.advance(tenant, MOMENT.plus(Duration.ofDays(1)));
                    throw new DamagedHistoryException("version is not stored");
                }))
                .isInstanceOf(ProblemException.class)
                .isNotInstanceOf(DamagedHistoryException.class)
                .hasMessageContaining("has been thinned by retention");
        assertThatThrownBy(() -> moments.whole(tenant, MOMENT, () -> "read before it was given up"))
                .hasMessageContaining("has been thinned by retention");
    }

    @Test
    void whatIsDamagedStaysSoWhereTheMomentIsKept() {
        assertThatThrownBy(() -> moments.whole(tenant, MOMENT, () -> {
                    throw new DamagedHistoryException("version is not stored");
                }))
                .isInstanceOf(DamagedHistoryException.class);
        assertThat(moments.whole(tenant, MOMENT, () -> "kept")).isEqualTo("kept");
    }
}
