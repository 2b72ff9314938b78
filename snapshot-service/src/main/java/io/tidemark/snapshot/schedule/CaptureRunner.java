package io.tidemark.snapshot.schedule;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.directory.TenantId;
import io.tidemark.runtime.event.Outage;
import io.tidemark.runtime.event.PublishException;
import io.tidemark.snapshot.capture.CaptureOrder;
import io.tidemark.snapshot.capture.CaptureResult;
import io.tidemark.snapshot.capture.CaptureStoppedException;
import io.tidemark.snapshot.capture.Checkpoint;
import io.tidemark.snapshot.capture.Interludes;
import io.tidemark.snapshot.capture.SoFar;
import io.tidemark.snapshot.capture.TenantCapture;
import io.tidemark.snapshot.capture.Tenants;
import io.tidemark.snapshot.cursor.CursorStore;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.cursor.StaleCaptureException;
import io.tidemark.snapshot.publish.SnapshotPublisher;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import io.tidemark.snapshot.reconcile.Reconciliation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Takes one pending capture a step further: runs it, names it as interrupted, or tells of its end. Targeted captures that are ordered while
 * it runs are run within it.
 */
@ApplicationScoped
class CaptureRunner {

    private static final Logger LOG = Logger.getLogger(CaptureRunner.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(5);

    private final CaptureStore captures;
    private final CursorStore cursors;
    private final SnapshotPublisher publisher;
    private final Tenants tenants;
    private final Reconciliation reconciliation;
    private final ScheduleConfig config;
    private final CaptureMetrics metrics;
    private final Clock clock;

    CaptureRunner(
            CaptureStore captures,
            CursorStore cursors,
            SnapshotPublisher publisher,
            Tenants tenants,
            Reconciliation reconciliation,
            ScheduleConfig config,
            CaptureMetrics metrics,
            Clock clock) {
        this.captures = captures;
        this.cursors = cursors;
        this.publisher = publisher;
        this.tenants = tenants;
        this.reconciliation = reconciliation;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Takes the capture further. The caller holds the tenant's lease, so a capture that is said to run is one that broke off.
     *
     * @return whether it came on; if not, it waits for something, and so do the tenant's others
     * @throws CaptureStoppedException if the lease was lost or the service ends
     * @throws StaleCaptureException if another capture of the tenant has begun
     * @throws PublishException if the broker did not take the news of an end; it is told again later
     */
    boolean advance(Capture pending, long fence, Checkpoint checkpoint) {
        TenantId tenant = pending.order().tenant();
        Optional<Capture> ended = captures.findEnded(tenant, pending.id());
        if (ended.isPresent()) {
            tell(ended.get());
        } else if (pending.state() == Capture.State.RUNNING) {
            interrupted(pending, "the service ended while it ran");
        } else if (isHeldBack(pending, fence)) {
            return false;
        } else {
            run(pending, fence, checkpoint);
        }
        return true;
    }

    // Whoever takes in a bundle says so first and then looks whether a capture runs; here it is the other way round.
    // So one of the two sees the other, whatever happens at the same moment. Where anything was published no bundle
    // is taken in.
    private boolean isHeldBack(Capture queued, long fence) {
        TenantId tenant = queued.order().tenant();
        if (!KnownStates.open(cursors, tenant, fence).observedUntil().equals(Instant.EPOCH)) {
            return false;
        }
        captures.start(queued.running(clock.instant()));
        Optional<String> why = reconciliation.hindrance(tenant);
        why.ifPresent(reason -> {
            captures.holdBack(queued.heldBack(reason));
            if (!reason.equals(queued.reason())) {
                LOG.infof("capture held back tenant=%s capture=%s reason=%s", tenant, queued.id(), reason);
            }
        });
        return why.isPresent();
    }

    private void run(Capture queued, long fence, Checkpoint checkpoint) {
        TenantId tenant = queued.order().tenant();
        Optional<RuntimeException> unused = attempt(queued, running -> {
            CaptureOrder order = running.order();
            Reconciliation.Beginning begun = begin(order, fence, checkpoint);
            Urgent urgent = new Urgent(running);
            TenantCapture capture =
                    new TenantCapture(order, tenants.open(tenant), begun.known(), publisher, checkpoint, urgent, clock);
            urgent.toldBy(capture::soFar);
            CaptureResult result = capture.run();
            return begun.lacking().map(result::lacking).orElse(result);
        });
    }

    private Reconciliation.Beginning begin(CaptureOrder order, long fence, Checkpoint checkpoint) {
        TenantId tenant = order.tenant();
        Supplier<KnownStates> opening = () -> KnownStates.open(cursors, tenant, fence);
        return switch (order.mode()) {
            case FULL -> reconciliation.begin(tenant, order.reconcile(), opening, checkpoint);
            case INCREMENTAL -> reconciliation.beginIncremental(tenant, opening, checkpoint);
            case TARGETED -> new Reconciliation.Beginning(opening.get(), Optional.empty());
        };
    }

    /** Reads, and tells how that ended, or gives the reason why it failed. */
    private Optional<RuntimeException> attempt(Capture queued, Function<Capture, CaptureResult> reading) {
        TenantId tenant = queued.order().tenant();
        Capture running = queued.running(clock.instant());
        captures.start(running);
        LOG.infof(
                "capture started tenant=%s capture=%s mode=%s",
                tenant, queued.id(), queued.order().mode());
        CaptureResult result;
        try {
            result = reading.apply(running);
        } catch (StaleCaptureException | CaptureStoppedException e) {
            // Whoever holds the lease next finds the capture running and names it as interrupted.
            LOG.infof("capture stopped tenant=%s capture=%s reason=%s", tenant, queued.id(), e.getMessage());
            throw e;
        } catch (PublishException e) {
            beginAgain(running);
            end(running.brokenOff(Capture.State.FAILED, clock.instant(), "the broker did not take what was read"));
            return Optional.of(e);
        } catch (RuntimeException e) {
            if (Outage.isBehind(e)) {
                beginAgain(running);
                LOG.warnf("capture failed tenant=%s capture=%s todo=%s", tenant, queued.id(), Outage.TODO);
            } else {
                LOG.errorf(e, "capture failed tenant=%s capture=%s", tenant, queued.id());
            }
            end(running.brokenOff(
                    Capture.State.FAILED,
                    clock.instant(),
                    "unexpected " + e.getClass().getSimpleName()));
            return Optional.of(e);
        }
        end(running.ended(result));
        return Optional.empty();
    }

    /**
     * The targeted captures of a tenant that wait while another of its captures runs, whichever service took the order. They are looked for
     * twice a second at most, counted from the end of the last one, so that the held capture goes on however many there are. How far that
     * one has come is noted on the way, now and then.
     */
    private final class Urgent implements Interludes {
        private final Capture running;
        private final TenantId tenant;
        private Supplier<Optional<SoFar>> soFar = Optional::empty;
        private Instant nextLook = Instant.MIN;
        private Instant nextNote;

        Urgent(Capture running) {
            this.running = running;
            this.tenant = running.order().tenant();
            this.nextNote = clock.instant().plus(BETWEEN_NOTES);
        }

        void toldBy(Supplier<SoFar> capture) {
            soFar = () -> Optional.of(capture.get());
        }

        @Override
        public void run(Function<CaptureOrder, CaptureResult> held) {
            if (clock.instant().isBefore(nextLook)) {
                return;
            }
            captures.pending().stream()
                    .filter(capture -> capture.order().tenant().equals(tenant))
                    .filter(capture -> capture.order().mode() == CaptureMode.TARGETED)
                    .filter(capture -> capture.state() == Capture.State.QUEUED)
                    .forEach(capture -> run(capture, held));
            if (!clock.instant().isBefore(nextNote)) {
                soFar.get().map(running::comeTo).ifPresent(captures::comeOn);
                nextNote = clock.instant().plus(BETWEEN_NOTES);
            }
            nextLook = clock.instant().plus(BETWEEN_LOOKS);
        }

        // What an interlude that failed has left in the known states is in doubt, so the held capture fails with it.
        private void run(Capture queued, Function<CaptureOrder, CaptureResult> held) {
            if (captures.findEnded(tenant, queued.id()).isEmpty()) {
                attempt(queued, interlude -> held.apply(interlude.order())).ifPresent(failure -> {
                    throw failure;
                });
            }
        }
    }

    private void interrupted(Capture running, String why) {
        beginAgain(running);
        end(running.brokenOff(Capture.State.INCOMPLETE, clock.instant(), "interrupted: " + why));
    }

    // What it was to read is named once only, and what is due is due again only in its time.
    private void beginAgain(Capture brokenOff) {
        if (brokenOff.attempt() < config.attempts()) {
            captures.add(Capture.queued(
                    brokenOff.order().tenant(),
                    brokenOff.order().mode(),
                    brokenOff.order().label(),
                    brokenOff.order().pinned(),
                    brokenOff.order().objects(),
                    brokenOff.order().reconcile(),
                    clock.instant(),
                    "after " + brokenOff.id(),
                    brokenOff.attempt() + 1));
        }
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
