package io.tidemark.diff.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import io.tidemark.diff.retention.KeptMoment.Why;
import io.tidemark.diff.retention.Standing.Leap;
import io.tidemark.diff.retention.Standing.Round;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.Set;

/** Asks all that is ever asked of what retention stores. */
public final class StoredRetention {

    private StoredRetention() {}

    public static void askEverything(MongoClient client, String database, TenantId tenant, Instant at) {
        RetentionStore store = new MongoRetentionStore(client, database);
        store.looked(tenant, at, null);
        store.looked(tenant, at.plusSeconds(1), new Leap(at, at.plusSeconds(1)));
        store.advance(tenant, at);
        store.advance(tenant, at.minusSeconds(1));
        store.thinned(tenant, "gap");
        Round round = new Round(at, at, 1, 2, "held");
        store.ended(tenant, round);
        assertThat(store.standing(tenant))
                .isEqualTo(new Standing(at, "gap", at.plusSeconds(1), new Leap(at, at.plusSeconds(1)), round));
        KeptMoment moment = new KeptMoment(at, at.minusSeconds(5), "c1", Set.of(Why.DAILY, Why.PINNED));
        store.keep(tenant, moment);
        store.thinned(tenant, at, "whole");
        store.keep(tenant, moment);
        store.thinned(tenant, at.plusSeconds(1), "there is none");
        assertThat(store.moments(tenant)).containsExactly(new RetentionStore.StoredMoment(moment, "whole"));
        assertThat(store.isKept(tenant, at)).isTrue();
        assertThat(store.before(tenant, at)).isEmpty();
        assertThat(store.before(tenant, at.plusNanos(1))).contains(moment);
        assertThat(store.after(tenant, at.minusNanos(1))).contains(moment);
        store.release(tenant, at);
        assertThat(store.isKept(tenant, at)).isFalse();
        store.refer(tenant, at, at.plusSeconds(9));
        assertThat(store.referred(tenant, at)).containsExactly(at);
        assertThat(store.referred(tenant, at.plusSeconds(10))).isEmpty();
        assertThat(store.referred(tenant, at)).isEmpty();
    }
}
