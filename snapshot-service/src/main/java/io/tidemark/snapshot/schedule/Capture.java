package io.tidemark.snapshot.schedule;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.Event;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.TenantId;
import io.tidemark.snapshot.capture.CaptureOrder;
import io.tidemark.snapshot.capture.CaptureResult;
import io.tidemark.snapshot.capture.SoFar;
import io.tidemark.snapshot.capture.newer.NewerFound;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One capture, from its order to its end.
 *
 * @param order what is to be captured
 * @param state how far it is
 * @param sealed whether everything that it counted is known to be stored
 * @param attempt 1, and one more for each capture that this one succeeds because it was interrupted
 * @param requestedAt when it was ordered
 * @param startedAt when it began; null while it waits
 * @param completedAt when it ended; null before
 * @param types one entry per object or link type; while it runs, of those that have been read
 * @param reason why it failed or is incomplete, or what it waits for; null otherwise
 * @param requests how many requests Graph was sent
 * @param objectsRead how many objects were read
 * @param underWay the types that are being read; empty unless it runs
 * @param newer the properties newer than the catalogue, as a capture of everything found them
 */
public record Capture(
        CaptureOrder order,
        State state,
        boolean sealed,
        int attempt,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        List<TypeCount> types,
        @Nullable String reason,
        long requests,
        long objectsRead,
        List<String> underWay,
        List<NewerFound> newer) {

    /** How far a capture is. */
    public enum State {
        QUEUED,
        RUNNING,
        /** All was read and published. */
        PUBLISHED,
        /** Not all kinds were read, or it was interrupted. */
        INCOMPLETE,
        FAILED
    }

    public Capture {
        types = List.copyOf(types);
        underWay = List.copyOf(underWay);
        newer = List.copyOf(newer);
    }

    /** A capture that waits. The same arguments make the same capture. */
    static Capture queued(
            TenantId tenant,
            CaptureMode mode,
            @Nullable String label,
            boolean pinned,
            List<ObjectRef> objects,
            boolean reconcile,
            Instant requestedAt,
            String cause,
            int attempt) {
        Instant at = requestedAt.truncatedTo(ChronoUnit.MILLIS);
        String id = Event.idOf(tenant.toString(), "capture", mode.name(), cause);
        CaptureOrder order = new CaptureOrder(id, tenant, mode, label, pinned, objects, reconcile);
        return new Capture(
                order, State.QUEUED, false, attempt, at, null, null, List.of(), null, 0, 0, List.of(), List.of());
    }

    public String id() {
        return order.captureId();
    }

    Capture running(Instant now) {
        return new Capture(
                order,
                State.RUNNING,
                false,
                attempt,
                requestedAt,
                now,
                null,
                List.of(),
                null,
                0,
                0,
                List.of(),
                List.of());
    }

    /** The same, waiting for something. */
    Capture heldBack(String why) {
        return new Capture(
                order,
                State.QUEUED,
                false,
                attempt,
                requestedAt,
                null,
                null,
                List.of(),
                why,
                0,
                0,
                List.of(),
                List.of());
    }

    /** The same, further on. */
    Capture comeTo(SoFar soFar) {
        return new Capture(
                order,
                state,
                false,
                attempt,
                requestedAt,
                startedAt,
                null,
                soFar.types(),
                reason,
                soFar.requests(),
                soFar.objectsRead(),
                soFar.underWay(),
                List.of());
    }

    Capture ended(CaptureResult result) {
        State end = switch (result.stage()) {
            case COMPLETED -> State.PUBLISHED;
            case INCOMPLETE -> State.INCOMPLETE;
            case STARTED, FAILED -> State.FAILED;
        };
        CaptureReport report = result.report();
        return new Capture(
                order,
                end,
                false,
                attempt,
                requestedAt,
                report.startedAt(),
                report.completedAt(),
                report.types(),
                report.reason(),
                result.requests(),
                result.objectsRead(),
                List.of(),
                result.newer());
    }

    Capture brokenOff(State end, Instant now, String why) {
        return new Capture(
                order, end, false, attempt, requestedAt, startedAt, now, List.of(), why, 0, 0, List.of(), List.of());
    }

    /** What is told of it to the other services. */
    CaptureReport report() {
        return new CaptureReport(
                order.tenant().toString(),
                id(),
                order.mode(),
                order.label(),
                order.pinned(),
                startedAt == null ? requestedAt : startedAt,
                completedAt,
                types,
                reason);
    }

    /** Whether one order would do for both. */
    boolean isSameWish(Capture other) {
        return order.mode() == other.order.mode()
                && order.pinned() == other.order.pinned()
                && order.reconcile() == other.order.reconcile()
                && Objects.equals(order.label(), other.order.label())
                && order.objects().equals(other.order.objects());
    }
}
