package io.tidemark.simulator.http;

import io.tidemark.simulator.entity.Entity;
import io.tidemark.simulator.fault.Faults;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Pasts.Past;
import io.tidemark.simulator.tenant.Pasts.PastLinks;
import io.tidemark.simulator.tenant.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees of an object while replicas lag: nothing of a new one at first, then now the new and now the old
 * state in turn.
 */
final class LateView {

    private final Clock clock;
    private final Faults faults;
    private final AtomicLong turn = new AtomicLong();

    LateView(Clock clock, Faults faults) {
        this.clock = clock;
        this.faults = faults;
    }

    /** What is seen of the object; {@code null} if it is not seen in the directory. */
    @Nullable
    Entity seen(Tenant tenant, Node node) {
        Past past = tenant.pasts().of(node);
        if (past != null && stale(past)) {
            return past.before();
        }
        return node.live() ? node.entity() : null;
    }

    /** What is seen of the links of an object. */
    List<Node> targets(Tenant tenant, Node node, String relation) {
        PastLinks past = tenant.pasts().links(node, relation);
        boolean stale = past != null && stale(new Past(node.entity(), past.changedAt()));
        return past != null && stale ? past.before() : node.targets(relation);
    }

    private boolean stale(Past past) {
        Duration lag = faults.lateness().replicas();
        Instant now = clock.instant();
        if (lag.isZero() || !now.isBefore(past.changedAt().plus(lag))) {
            return false;
        }
        boolean early = past.before() == null && now.isBefore(past.changedAt().plus(lag.dividedBy(2)));
        return early || turn.getAndIncrement() % 2 == 0;
    }
}
