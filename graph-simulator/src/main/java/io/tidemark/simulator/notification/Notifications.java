package io.tidemark.simulator.notification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Effect;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.WriteContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Tells subscribers of changes, and of what becomes of their subscriptions. */
public final class Notifications implements AutoCloseable {

    private static final Duration AHEAD = Duration.ofMinutes(15);

    private final Clock clock;
    private final Kind kind = Kinds.all().get("subscriptions");
    private final Courier courier = new Courier();
    private final AtomicLong sequence = new AtomicLong();
    private final Map<String, String> warned = new ConcurrentHashMap<>();

    /** Notifications by this clock. */
    public Notifications(Clock clock) {
        this.clock = clock;
    }

    /** Tells of everything that is written to a tenant from now on. */
    public void watch(Tenant tenant) {
        tenant.onWrite(context -> changed(tenant, context));
    }

    /** Asks the addresses of a new or changed subscription whether they want to be told. */
    public void validate(Tenant tenant, ObjectNode subscription) {
        for (String name : List.of("notificationUrl", "lifecycleNotificationUrl")) {
            JsonNode address = subscription.get(name);
            URI reached = address == null ? null : Reach.of(tenant.switches(), address.asText());
            if (reached != null) {
                courier.validate(
                        reached,
                        "Validation: Testing client application reachability for subscription Request-Id: "
                                + new UUID(clock.millis(), sequence.incrementAndGet()));
            }
        }
    }

    private void changed(Tenant tenant, WriteContext context) {
        for (Node subscription : List.copyOf(tenant.after(kind, 0))) {
            if (!open(subscription)) {
                continue;
            }
            Interest interest = Interest.in(String.valueOf(subscription.entity().text("resource")));
            List<String> wanted = List.of(
                    String.valueOf(subscription.entity().text("changeType")).split("\\s*,\\s*"));
            for (Effect effect : context.effects()) {
                if (interest.meets(effect)) {
                    Interest.changes(effect).stream()
                            .filter(wanted::contains)
                            .forEach(change -> tell(tenant, subscription, effect, change, context.time()));
                }
            }
        }
    }

    private void tell(Tenant tenant, Node subscription, Effect effect, String change, Instant time) {
        URI address = Reach.of(tenant.switches(), subscription.entity().text("notificationUrl"));
        if (address != null) {
            courier.send(
                    address,
                    Notice.change(tenant.id(), subscription, effect, change, time, sequence.incrementAndGet()),
                    () -> life(tenant, subscription, "missed"));
        }
    }

    private void life(Tenant tenant, Node subscription, String event) {
        URI address = Reach.of(tenant.switches(), subscription.entity().text("lifecycleNotificationUrl"));
        if (address != null) {
            courier.send(address, Notice.life(tenant.id(), subscription, event), () -> {});
        }
    }

    private boolean open(Node subscription) {
        return subscription.live() && end(subscription).isAfter(clock.instant());
    }

    private static Instant end(Node subscription) {
        String end = subscription.entity().text("expirationDateTime");
        return end == null ? Instant.MAX : OffsetDateTime.parse(end).toInstant();
    }

    /** Warns of subscriptions that end soon and tells of those that ended. */
    public void sweep(Tenant tenant) {
        Instant now = clock.instant();
        for (Node subscription : tenant.read(() -> List.copyOf(tenant.after(kind, 0)))) {
            Instant end = subscription.live() ? end(subscription) : Instant.MAX;
            if (!end.isAfter(now)) {
                life(tenant, subscription, "subscriptionRemoved");
            } else if (end.isBefore(now.plus(AHEAD))
                    && !end.toString().equals(warned.put(subscription.id(), end.toString()))) {
                life(tenant, subscription, "reauthorizationRequired");
            }
        }
        tenant.expire(kind);
    }

    @Override
    public void close() {
        courier.close();
    }
}
