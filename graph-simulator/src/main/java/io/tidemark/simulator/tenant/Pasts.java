package io.tidemark.simulator.tenant;

import io.tidemark.simulator.entity.Entity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What objects were before their last change, for replicas that lag behind. */
public final class Pasts {

    /** What an object was before its last change. */
    public record Past(@Nullable Entity before, Instant changedAt) {}

    /** What a relation led to before its last change. */
    public record PastLinks(List<Node> before, Instant changedAt) {}

    private final Clock clock;
    private final Map<Node, Past> objects = new ConcurrentHashMap<>();
    private final Map<Node, Map<String, PastLinks>> links = new ConcurrentHashMap<>();
    private volatile Duration lag = Duration.ZERO;

    Pasts(Clock clock) {
        this.clock = clock;
    }

    /** Sets for how long former states are remembered. */
    public void keep(Duration replicaLag) {
        lag = replicaLag;
        if (replicaLag.isZero()) {
            objects.clear();
            links.clear();
        }
    }

    /** What the object was before its last change; {@code null} if nobody remembers. */
    public @Nullable Past of(Node node) {
        return lag.isZero() ? null : objects.get(node);
    }

    /** What a relation led to before its last change; {@code null} if nobody remembers. */
    public @Nullable PastLinks links(Node node, String relation) {
        return lag.isZero() ? null : links.getOrDefault(node, Map.of()).get(relation);
    }

    /** Whether an object is so new that references to it fail. */
    public boolean unseen(Node node) {
        Past past = of(node);
        return past != null
                && past.before() == null
                && clock.instant().isBefore(past.changedAt().plus(lag.dividedBy(2)));
    }

    void remember(Node node, @Nullable Entity before) {
        if (!lag.isZero()) {
            objects.put(node, new Past(before, clock.instant()));
        }
    }

    void rememberLinks(Node node, String relation) {
        if (!lag.isZero()) {
            links.computeIfAbsent(node, n -> new ConcurrentHashMap<>())
                    .put(relation, new PastLinks(node.targets(relation), clock.instant()));
        }
    }
}
