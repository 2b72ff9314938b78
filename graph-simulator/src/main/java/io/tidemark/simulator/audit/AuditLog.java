package io.tidemark.simulator.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.simulator.fault.Lateness;
import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Kinds;
import io.tidemark.simulator.tenant.Effect;
import io.tidemark.simulator.tenant.Tenant;
import io.tidemark.simulator.tenant.WriteContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is written and shows it in the log when its time has come. */
public final class AuditLog {

    private static final Duration RETENTION = Duration.ofDays(30);

    private record Pending(Instant due, long number, ObjectNode entry) {}

    private final Tenant tenant;
    private final Clock clock;
    private final Supplier<Lateness> lateness;
    private final EntryWriter writer;
    private final Random random;
    private final Kind kind = Kinds.all().get("directoryAudits");
    private final PriorityQueue<Pending> pending =
            new PriorityQueue<>(Comparator.comparing(Pending::due).thenComparing(Pending::number));
    private long number;
    private volatile @Nullable AuditStream stream;

    /** A log of everything that is written to the tenant from now on. */
    public AuditLog(Tenant tenant, Clock clock, Supplier<Lateness> lateness, long seed) {
        this.tenant = tenant;
        this.clock = clock;
        this.lateness = lateness;
        this.writer = new EntryWriter(tenant);
        this.random = new Random(seed ^ 0x5eedL);
        tenant.onWrite(this::take);
    }

    /** Sends everything that appears in the log from now on to a stream as well. */
    public void to(AuditStream next) {
        stream = next;
    }

    private synchronized void take(WriteContext context) {
        Lateness late = lateness.get();
        int position = 0;
        for (Effect effect : context.effects()) {
            for (ObjectNode entry : writer.entries(context, effect)) {
                number++;
                entry.put(
                        "id", "Directory_" + context.origin().requestId() + "_" + code() + "_" + (number + position++));
                long spread = late.auditSpread().toMillis();
                Duration wait = late.audit().plusMillis(spread == 0 ? 0 : (long) (random.nextDouble() * spread));
                pending.add(new Pending(context.time().plus(wait), number, entry));
            }
        }
    }

    private String code() {
        String letters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            code.append(letters.charAt(random.nextInt(letters.length())));
        }
        return code.toString();
    }

    /** Puts what is due into the log and drops what is too old. */
    public void settle() {
        List<ObjectNode> due = new ArrayList<>();
        Instant now = clock.instant();
        synchronized (this) {
            while (!pending.isEmpty() && !pending.peek().due().isAfter(now)) {
                due.add(pending.remove().entry());
            }
        }
        if (!due.isEmpty()) {
            tenant.append(kind, due);
            AuditStream told = stream;
            if (told != null) {
                told.send(tenant.id(), due);
            }
        }
        tenant.dropBefore(kind, "activityDateTime", now.minus(RETENTION).toString());
    }
}
