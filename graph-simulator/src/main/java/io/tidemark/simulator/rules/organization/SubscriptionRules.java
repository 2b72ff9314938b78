package io.tidemark.simulator.rules.organization;

import io.tidemark.simulator.entity.Json;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.tenant.Body;
import io.tidemark.simulator.tenant.GraphRefusal;
import io.tidemark.simulator.tenant.KindRules;
import io.tidemark.simulator.tenant.Node;
import io.tidemark.simulator.tenant.TenantWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Subscriptions to changes: they end, and may not end too late. */
final class SubscriptionRules implements KindRules {

    private static final Duration LONGEST = Duration.ofMinutes(41_760);
    private static final Set<String> CHANGES = Set.of("created", "updated", "deleted");
    private static final Set<String> SILENT = Set.of(
            "applications", "serviceprincipals", "directoryroles", "administrativeunits", "identity", "rolemanagement");
    private static final int MOST_OF_APPLICATION = 100;
    private static final int MOST_OF_TENANT = 1000;

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
        String first = String.valueOf(body.text("resource"))
                .replaceAll("^/+", "")
                .split("[/?(]")[0]
                .toLowerCase(Locale.ROOT);
        if (SILENT.contains(first)) {
            throw refused("Subscriptions to '" + body.text("resource") + "' are not supported.");
        }
        expiry(writer, body);
        room(writer, kind);
        body.properties()
                .put("applicationId", Json.text(writer.context().caller().appId()));
        body.properties().put("creatorId", Json.text(writer.context().caller().actorId()));
    }

    private static void room(TenantWriter writer, Kind kind) {
        String own = writer.context().caller().appId();
        List<Node> open =
                writer.tenant().after(kind, 0).stream().filter(Node::live).toList();
        long mine = open.stream()
                .filter(node -> own.equals(node.entity().text("applicationId")))
                .count();
        if (mine >= MOST_OF_APPLICATION || open.size() >= MOST_OF_TENANT) {
            throw new GraphRefusal(
                    403,
                    "Forbidden",
                    "Subscription quota exceeded: " + (mine >= MOST_OF_APPLICATION ? mine : open.size())
                            + " subscriptions exist already.");
        }
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
