package io.tidemark.simulator.tenant;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What time does to a directory: deleted objects go for good after thirty days, schedules begin and end. */
public final class Ageing {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private Ageing() {}

    /** A change that nobody asked for. */
    public static WriteContext context(Tenant tenant, Instant now) {
        return context(
                tenant,
                now,
                new Caller(tenant.id(), NOBODY, "Microsoft Entra", NOBODY, null, null, Set.of(), Set.of()));
    }

    /** A change that somebody asked for earlier. */
    public static WriteContext context(Tenant tenant, Instant now, Caller caller) {
        return new WriteContext(
                caller, now, new WriteContext.Origin("CLOCK", "/", null, tenant.newId(), "127.0.0.1", null, ""));
    }

    static void settle(TenantWriter writer) {
        Instant limit = writer.context().time().minus(KEPT);
        for (Kind kind : Kinds.all().values()) {
            if (kind.bin() != Kind.Bin.NONE) {
                List<Node> old = new ArrayList<>();
                for (Node node : writer.tenant().bin(kind)) {
                    if (gone(node, limit)) {
                        old.add(node);
                    }
                }
                old.forEach(writer.bin()::expire);
            }
        }
        writer.tenant().rulebook().settle(writer);
    }

    private static boolean gone(Node node, Instant limit) {
        String deleted = node.entity().text("deletedDateTime");
        try {
            return deleted != null && OffsetDateTime.parse(deleted).toInstant().isBefore(limit);
        } catch (DateTimeException e) {
            // An imported object may carry a text that is no time: nobody knows how old it is.
            return false;
        }
    }
}
