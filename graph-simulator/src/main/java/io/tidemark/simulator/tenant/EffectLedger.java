package io.tidemark.simulator.tenant;

import io.tidemark.simulator.entity.Entity;
import java.util.ArrayList;
import java.util.List;

/** Everything that requests changed, in order. Entries are only ever added. */
public final class EffectLedger {

    private final List<LedgerEntry> entries = new ArrayList<>();

    synchronized void append(WriteContext context) {
        for (Effect effect : context.effects()) {
            Node target = effect.target();
            Entity before = effect.before();
            Entity after = effect.after();
            entries.add(new LedgerEntry(
                    entries.size() + 1L,
                    context.time(),
                    context.origin().method(),
                    context.origin().path(),
                    context.origin().clientRequestId(),
                    context.caller().appId(),
                    context.status(),
                    effect.type(),
                    effect.node().kind().collection(),
                    effect.node().id(),
                    effect.relation(),
                    target == null ? null : target.id(),
                    target == null ? before : null,
                    target == null ? after : null,
                    context.origin().bodyHash()));
        }
    }

    /** The entries from a sequence number on. */
    public synchronized List<LedgerEntry> from(long sequence) {
        int start = (int) Math.min(entries.size(), Math.max(0, sequence - 1));
        return List.copyOf(entries.subList(start, entries.size()));
    }

    /** All entries. */
    public List<LedgerEntry> entries() {
        return from(1);
    }

    /** How many there are. */
    public synchronized int size() {
        return entries.size();
    }
}
