package io.tidemark.snapshot.schedule;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.snapshot.capture.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes orders for captures and knows what became of them. */
@ApplicationScoped
public class Captures {

    private final CaptureStore store;
    private final CaptureWorker worker;
    private final Tenants tenants;
    private final Clock clock;

    Captures(CaptureStore store, CaptureWorker worker, Tenants tenants, Clock clock) {
        this.store = store;
        this.worker = worker;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * Orders a capture. If one that does the same is waiting, that one is the answer.
     *
     * @param reconcile whether a full capture holds what is known against the history first
     * @param key makes the order the same however often it arrives; empty if each is a new one
     */
    public Capture order(
            TenantId tenant,
            CaptureMode mode,
            @Nullable String label,
            boolean pinned,
            List<ObjectRef> objects,
            boolean reconcile,
            Optional<String> key) {
        Instant now = clock.instant();
        String cause = key.map(text -> "key " + text).orElse(now + " " + objects);
        Capture wanted = Capture.queued(tenant, mode, label, pinned, objects, reconcile, now, cause, 1);
        Optional<Capture> same = key.isPresent() ? store.find(tenant, wanted.id()) : waitingLike(wanted);
        if (same.isPresent()) {
            return same.get();
        }
        store.add(wanted);
        worker.look();
        return store.find(tenant, wanted.id()).orElse(wanted);
    }

    public boolean knows(TenantId tenant) {
        return tenants.all().contains(tenant);
    }

    public Optional<Capture> find(TenantId tenant, String captureId) {
        return store.find(tenant, captureId);
    }

    /** Captures, newest first, beginning after the one with that id if one is named. */
    public List<Capture> list(TenantId tenant, int limit, Optional<String> after) {
        return store.list(tenant, limit, after);
    }

    /** Notes that everything that a capture counted is stored. */
    public void sealed(TenantId tenant, String captureId) {
        store.seal(tenant, captureId);
    }

    private Optional<Capture> waitingLike(Capture wanted) {
        return store.pending().stream()
                .filter(capture -> capture.state() == Capture.State.QUEUED)
                .filter(capture ->
                        capture.order().tenant().equals(wanted.order().tenant()))
                .filter(capture -> capture.isSameWish(wanted))
                .findFirst();
    }
}
