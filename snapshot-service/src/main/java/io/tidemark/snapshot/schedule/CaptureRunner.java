package io.tidemark.snapshot.schedule;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.PublishException;
import io.tidemark.snapshot.capture.CaptureStoppedException;
import io.tidemark.snapshot.capture.Checkpoint;
import io.tidemark.snapshot.capture.TenantCapture;
import io.tidemark.snapshot.capture.Tenants;
import io.tidemark.snapshot.cursor.CursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.StaleCaptureException;
import io.tidemark.snapshot.publish.SnapshotPublisher;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Takes one pending capture a step further: runs it, names it as interrupted, or tells of its end. */
@ApplicationScoped
class CaptureRunner {

    private static final Logger LOG = Logger.getLogger(CaptureRunner.class);

    private final CaptureStore captures;
    private final CursorStore cursors;
    private final SnapshotPublisher publisher;
    private final Tenants tenants;
    private final ScheduleConfig config;
    private final CaptureMetrics metrics;
    private final Clock clock;

    CaptureRunner(
            CaptureStore captures,
            CursorStore cursors,
            SnapshotPublisher publisher,
            Tenants tenants,
            ScheduleConfig config,
            CaptureMetrics metrics,
            Clock clock) {
        this.captures = captures;
        this.cursors = cursors;
        this.publisher = publisher;
        this.tenants = tenants;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Takes the capture further. The caller holds the tenant's lease, so a capture that is said to run is one that broke off.
     *
     * @throws CaptureStoppedException if the lease was lost or the service ends
     * @throws StaleCaptureException if another capture of the tenant has begun
     * @throws PublishException if the broker did not take the news of an end; it is told again later
     */
    void advance(Capture pending, long fence, Checkpoint checkpoint) {
        TenantId tenant = pending.order().tenant();
        Optional<Capture> ended = captures.findEnded(tenant, pending.id());
        if (ended.isPresent()) {
            tell(ended.get());
        } else if (pending.state() == Capture.State.RUNNING) {
            interrupted(pending, "the service ended while it ran");
        } else {
            run(pending, fence, checkpoint);
        }
    }

    private void run(Capture queued, long fence, Checkpoint checkpoint) {
        TenantId tenant = queued.order().tenant();
        Capture running = queued.running(clock.instant());
        captures.start(running);
        LOG.infof(
                "capture started tenant=%s capture=%s mode=%s",
                tenant, queued.id(), queued.order().mode());
        try {
            KnownStates known = KnownStates.open(cursors, tenant, fence);
            TenantCapture capture =
                    new TenantCapture(queued.order(), tenants.open(tenant), known, publisher, checkpoint, clock);
            end(running.ended(capture.run()));
        } catch (StaleCaptureException | CaptureStoppedException e) {
            // Whoever holds the lease next finds the capture running and names it as interrupted.
            LOG.infof("capture stopped tenant=%s capture=%s reason=%s", tenant, queued.id(), e.getMessage());
            throw e;
        } catch (PublishException e) {
            end(running.brokenOff(Capture.State.FAILED, clock.instant(), "the broker did not take what was read"));
        } catch (RuntimeException e) {
            LOG.errorf(e, "capture failed tenant=%s capture=%s", tenant, queued.id());
            end(running.brokenOff(
                    Capture.State.FAILED,
                    clock.instant(),
                    "unexpected " + e.getClass().getSimpleName()));
        }
    }

    private void interrupted(Capture running, String why) {
        Capture broken = running.brokenOff(Capture.State.INCOMPLETE, clock.instant(), "interrupted: " + why);
        if (running.attempt() < config.attempts()) {
            captures.add(Capture.queued(
                    running.order().tenant(),
                    running.order().mode(),
                    running.order().label(),
                    running.order().pinned(),
                    running.order().objects(),
                    clock.instant(),
                    "after " + running.id(),
                    running.attempt() + 1));
        }
        end(broken);
    }

    private void end(Capture ended) {
        captures.end(ended);
        metrics.ended(ended);
        LOG.infof(
                "capture ended tenant=%s capture=%s mode=%s state=%s objects=%d published=%d requests=%d reason=%s",
                ended.order().tenant(),
                ended.id(),
                ended.order().mode(),
                ended.state(),
                ended.objectsRead(),
                ended.types().stream().mapToLong(type -> type.published()).sum(),
                ended.requests(),
                ended.reason() == null ? "-" : ended.reason());
        tell(ended);
        if (ended.order().mode() == CaptureMode.FULL) {
            captures.thin(ended.order().tenant(), config.keep());
        }
    }

    private void tell(Capture ended) {
        Stage stage = switch (ended.state()) {
            case PUBLISHED -> Stage.COMPLETED;
            case INCOMPLETE -> Stage.INCOMPLETE;
            case QUEUED, RUNNING, FAILED -> Stage.FAILED;
        };
        publisher.publish(stage, ended.report());
        captures.drop(ended);
    }
}
