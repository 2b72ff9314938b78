package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.PublishedCounts;
import io.tidemark.snapshot.publish.SnapshotPublisher;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One capture of one tenant, from its start to the report that it ends with. */
public final class TenantCapture {

    private static final Logger LOG = Logger.getLogger(TenantCapture.class);

    /** Possible members before groups: whether a membership is seen depends on whether its member is deleted. */
    private static final List<ObjectKind> READING_ORDER = List.of(
            ObjectKind.NAMED_LOCATION,
            ObjectKind.CONDITIONAL_ACCESS_POLICY,
            ObjectKind.ROLE_ASSIGNMENT,
            ObjectKind.USER,
            ObjectKind.SERVICE_PRINCIPAL,
            ObjectKind.GROUP,
            ObjectKind.APPLICATION);

    private final CaptureOrder order;
    private final LiveTenant live;
    private final KnownStates known;
    private final SnapshotPublisher publisher;
    private final Checkpoint checkpoint;
    private final CaptureTime time;
    private final Outlet outlet;
    private final Intake intake;
    private final Outcomes outcomes = new Outcomes();
    private final Map<ObjectKind, KindReading> wholeReadings = new EnumMap<>(ObjectKind.class);

    public TenantCapture(
            CaptureOrder order,
            LiveTenant live,
            KnownStates known,
            SnapshotPublisher publisher,
            Checkpoint checkpoint,
            Clock clock) {
        this.order = order;
        this.live = live;
        this.known = known;
        this.publisher = publisher;
        this.checkpoint = checkpoint;
        this.time = new CaptureTime(clock, known.observedUntil());
        this.outlet = new Outlet(order, known, publisher, time, checkpoint);
        this.intake = new Intake(known, outlet);
    }

    /**
     * Reads, publishes, and remembers what was published. The report that ends the capture is returned, not published.
     *
     * @throws CaptureStoppedException if the checkpoint stopped it
     * @throws io.tidemark.runtime.event.PublishException if the broker did not take everything
     * @throws io.tidemark.snapshot.cursor.StaleCaptureException if another capture of the tenant has begun
     */
    public CaptureResult run() {
        Instant startedAt = time.next();
        publisher.publish(Stage.STARTED, report(startedAt, null, List.of(), null));
        if (order.mode() == CaptureMode.TARGETED) {
            readObjects();
        } else {
            READING_ORDER.forEach(this::readKind);
        }
        relink();
        intake.reveal();
        intake.cascade();
        wholeReadings.values().forEach(KindReading::reconcileLinks);
        outlet.flush();
        checkpoint.pass();
        if (order.mode() == CaptureMode.FULL || !known.isSettled()) {
            known.recount();
        }
        Instant completedAt = time.next();
        known.remember(completedAt);
        return result(startedAt, completedAt);
    }

    private void readKind(ObjectKind kind) {
        if (outcomes.isHopeless()) {
            outcomes.hopeless(kind);
            return;
        }
        KindReading reading = new KindReading(kind, live, known, outlet, intake);
        try {
            if (order.mode() == CaptureMode.FULL) {
                reading.readWhole();
            } else {
                reading.readChanges();
            }
            if (reading.wasWhole()) {
                wholeReadings.put(kind, reading);
            }
            LOG.debugf("kind read tenant=%s capture=%s kind=%s", order.tenant(), order.captureId(), kind.word());
        } catch (GraphException e) {
            outcomes.refused(kind, e);
            brokeOff(kind, reading.hasBegun(), outcomes.reason(kind));
        } catch (UnreadableTenantException e) {
            outcomes.failed(kind, String.valueOf(e.getMessage()));
            brokeOff(kind, reading.hasBegun(), outcomes.reason(kind));
        }
    }

    private void readObjects() {
        try {
            new TargetedReading(live, outlet, intake).read(order.objects());
        } catch (GraphException e) {
            for (ObjectKind kind : namedKinds()) {
                outcomes.refused(kind, e);
                brokeOff(kind, true, outcomes.reason(kind));
            }
        }
    }

    // Graph keeps the links of what is deleted and so does not tell of them as changes when it comes back. What is read
    // whole shows them
    // anyway, and what broke off is read whole next time.
    private void relink() {
        List<ObjectRef> restored = intake.restored();
        Set<ObjectKind> sources = EnumSet.noneOf(ObjectKind.class);
        for (LinkKind link : LinkKind.values()) {
            if (!wholeReadings.containsKey(link.source())
                    && !known.kind(link.source()).readWhole()) {
                sources.add(link.source());
            }
        }
        if (restored.isEmpty() || sources.isEmpty()) {
            return;
        }
        try {
            new TargetedReading(live, outlet, intake).readLinksOfRestored(restored, sources);
        } catch (GraphException e) {
            for (ObjectKind kind : sources) {
                outcomes.refused(kind, e);
                brokeOff(kind, true, outcomes.reason(kind));
            }
        }
    }

    private void brokeOff(ObjectKind kind, boolean begun, String reason) {
        if (begun) {
            known.advance(kind, known.kind(kind).doubted());
        }
        LOG.warnf(
                "kind not read tenant=%s capture=%s kind=%s reason=%s",
                order.tenant(), order.captureId(), kind.word(), reason);
    }

    private CaptureResult result(Instant startedAt, Instant completedAt) {
        PublishedCounts published = outlet.counts();
        Set<ObjectKind> kinds = EnumSet.allOf(ObjectKind.class);
        if (order.mode() == CaptureMode.TARGETED) {
            kinds = namedKinds();
            for (LinkKind link : LinkKind.values()) {
                if (published.of(link.word()).count() > 0) {
                    kinds.add(link.source());
                }
            }
        }
        String failures = outcomes.failures();
        Stage stage = Stage.COMPLETED;
        if (!failures.isEmpty()) {
            stage = outcomes.isAnyComplete(kinds) ? Stage.INCOMPLETE : Stage.FAILED;
        }
        return new CaptureResult(
                stage,
                report(
                        startedAt,
                        completedAt,
                        outcomes.counts(kinds, known, published),
                        failures.isEmpty() ? null : failures),
                live.requests(),
                intake.objectsRead());
    }

    private Set<ObjectKind> namedKinds() {
        Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
        order.objects().forEach(ref -> kinds.add(ref.kind()));
        return kinds;
    }

    private CaptureReport report(
            Instant startedAt,
            @Nullable Instant completedAt,
            List<CaptureReport.TypeCount> types,
            @Nullable String reason) {
        return new CaptureReport(
                order.tenant().toString(),
                order.captureId(),
                order.mode(),
                order.label(),
                order.pinned(),
                startedAt,
                completedAt,
                types,
                reason);
    }
}
