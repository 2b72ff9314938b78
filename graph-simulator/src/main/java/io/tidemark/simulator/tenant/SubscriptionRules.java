package io.tidemark.simulator.tenant;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;

/** Subscriptions to changes: they end, and may not end too late. */
final class SubscriptionRules implements KindRules {

    private static final Duration LONGEST = Duration.ofMinutes(41_760);
    private static final Set<String> CHANGES = Set.of("created", "updated", "deleted");

    @Override
    public void beforeCreate(TenantWriter writer, Kind kind, Body body) {
        for (String change : String.valueOf(body.text("changeType")).split(",")) {
            if (!CHANGES.contains(change.trim())) {
                throw refused("Invalid 'changeType' attribute: '" + change.trim() + "'.");
            }
        }
        String state = body.text("clientState");
        if (state != null && state.length() > 255) {
            throw refused("The 'clientState' attribute is longer than 255 characters.");
        }
        expiry(writer, body);
        body.properties()
                .put("applicationId", Json.text(writer.context().caller().appId()));
        body.properties().put("creatorId", Json.text(writer.context().caller().actorId()));
    }

    @Override
    public void beforeUpdate(TenantWriter writer, Node node, Body body) {
        expiry(writer, body);
    }

    private static void expiry(TenantWriter writer, Body body) {
        String text = body.text("expirationDateTime");
        if (text == null) {
            return;
        }
        Instant end = OffsetDateTime.parse(text).toInstant();
        Instant now = writer.context().time();
        if (end.isBefore(now)) {
            throw refused("Subscription expiration must be in the future.");
        }
        if (end.isAfter(now.plus(LONGEST))) {
            throw refused("Subscription expiration can only be " + LONGEST.toMinutes() + " minutes in the future.");
        }
        body.properties().put("expirationDateTime", Json.text(end.toString()));
    }

    private static GraphRefusal refused(String message) {
        return new GraphRefusal(400, "InvalidRequest", message);
    }
}
