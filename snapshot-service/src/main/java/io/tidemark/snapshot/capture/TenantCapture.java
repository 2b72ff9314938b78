package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.contracts.ObjectState.Source;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.KindDescription;
import io.tidemark.directory.catalogue.LinkDescription;
import io.tidemark.directory.catalogue.Reach;
import io.tidemark.directory.catalogue.Reach.Cadence;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.snapshot.cursor.KindCursor;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.SnapshotPublisher;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** One capture of one tenant, from its start to the report that it ends with. */
public final class TenantCapture {

    private static final Logger LOG = Logger.getLogger(TenantCapture.class);

    private static final List<ObjectKind> READING_ORDER = ReadingOrder.of();

    private static final int AGAIN_AT_ONCE = 200;

    private final CaptureOrder order;
    private final LiveTenant direct;
    private final LiveTenant live;
    private final KnownStates known;
    private final SnapshotPublisher publisher;
    private final Checkpoint checkpoint;
    private final CaptureTime time;
    private final Outlet outlet;
    private final Withheld withheld;
    private final Intake intake;
    private final Outcomes outcomes;
    private final Parts parts;
    private final Progress progress;
    private final Due due;
    private final SlowKinds slow;
    private final Interludes interludes;
    private final boolean interlude;
    private final long requestsBefore;
    private final ReadBetween between = new ReadBetween();
    private final Set<ObjectRef> broughtBack = new LinkedHashSet<>();

    public TenantCapture(
            CaptureOrder order,
            LiveTenant live,
            KnownStates known,
            SnapshotPublisher publisher,
            Checkpoint checkpoint,
            Interludes interludes,
            Clock clock) {
        this(
                order,
                live,
                known,
                publisher,
                checkpoint,
                interludes,
                new CaptureTime(clock, known.observedUntil()),
                false);
    }

    private TenantCapture(
            CaptureOrder order,
            LiveTenant direct,
            KnownStates known,
            SnapshotPublisher publisher,
            Checkpoint checkpoint,
            Interludes interludes,
            CaptureTime time,
            boolean interlude) {
        this.order = order;
        this.direct = direct;
        this.live = order.mode() == CaptureMode.TARGETED ? direct : new PausingTenant(direct, this::pause);
        this.known = known;
        this.publisher = publisher;
        this.checkpoint = checkpoint;
        this.interludes = interludes;
        this.time = time;
        this.interlude = interlude;
        this.requestsBefore = interlude ? direct.requests() : 0;
        this.outlet = new Outlet(order, known, publisher, time, checkpoint, between);
        this.withheld = new Withheld(live, known);
        this.intake = new Intake(known, outlet, order.mode() != CaptureMode.FULL, withheld, live.newer());
        this.outcomes = new Outcomes(known, withheld);
        this.parts = new Parts(live, known, withheld);
        this.due = new Due(order, known);
        this.progress = new Progress(order, known, outcomes, time);
        this.slow = new SlowKinds(direct, outlet, this::pause, progress::ends);
    }

    /**
     * Reads, publishes, and remembers what was published. The report that ends the capture is returned, not published.
     *
     * @throws CaptureStoppedException if the checkpoint stopped it
     * @throws io.tidemark.runtime.event.PublishException if the broker did not take everything
     * @throws io.tidemark.snapshot.cursor.StaleCaptureException if another capture of the tenant has begun
     */
    public CaptureResult run() {
        try (outlet;
                slow) {
            return readAndPublish();
        }
    }

    /** How far it has come; to be asked by the {@link Interludes} alone, in the thread that runs it. */
    public SoFar soFar() {
        return progress.soFar(outlet.counts(), live.requests() - requestsBefore, intake.objectsRead());
    }

    private CaptureResult readAndPublish() {
        Instant startedAt = time.next();
        publisher.publish(Stage.STARTED, CaptureAccount.begun(order, startedAt));
        if (isTargeted()) {
            readObjects(order.objects());
        } else {
            if (order.mode() == CaptureMode.FULL) {
                live.newer().look();
            }
            slow.begin(READING_ORDER.stream().filter(due::is).toList(), this::reading);
            expect();
            READING_ORDER.stream().filter(kind -> !slow.reads(kind)).forEach(this::readKind);
            READING_ORDER.stream().filter(slow::reads).forEach(this::readKind);
            if (order.mode() == CaptureMode.INCREMENTAL && !outcomes.isHopeless()) {
                readPartsOfChanged();
            }
            slow.close();
            readAgain();
        }
        relink();
        intake.reveal();
        intake.cascade();
        progress.wholeLinks().forEach(this::settleUnseen);
        outcomes.takenAway();
        if (!interlude) {
            live.newer().settle(outcomes::isComplete);
        }
        outlet.flush();
        checkpoint.pass();
        if (order.mode() == CaptureMode.FULL || !known.isSettled()) {
            known.recount();
        }
        Instant completedAt = time.next();
        progress.remember(completedAt);
        if (!interlude) {
            known.remember(completedAt);
        }
        return progress.result(
                startedAt,
                completedAt,
                outlet.counts(),
                live.requests() - requestsBefore,
                intake.objectsRead(),
                live.newer().found());
    }

    private void pause() {
        slow.take();
        if (!between.isEnded()) {
            interludes.run(this::runInterlude);
        }
    }

    private CaptureResult runInterlude(CaptureOrder urgent) {
        outlet.flush();
        between.add(urgent.objects());
        between.add(parts.of(urgent.objects()));
        intake.forgetHidden(urgent.objects());
        TenantCapture capture =
                new TenantCapture(urgent, direct, known, publisher, checkpoint, Interludes.NONE, time, true);
        CaptureResult result = capture.run();
        broughtBack.addAll(capture.intake.restored());
        outlet.tick();
        return result;
    }

    private void readAgain() {
        List<ObjectRef> again = between.end();
        for (int from = 0; from < again.size(); from += AGAIN_AT_ONCE) {
            readObjects(again.subList(from, Math.min(again.size(), from + AGAIN_AT_ONCE)));
        }
        again.forEach(this::settle);
        // What shows them may have been read before they came back.
        readLinksOf(List.copyOf(broughtBack), EnumSet.allOf(LinkKind.class));
    }

    // What an interlude has found to be gone for good is not known any more, but pages from before may have shown links
    // to it.
    private void settle(ObjectRef named) {
        if (known.table(named.kind().word()).find(named.key()).isPresent()) {
            intake.revive(named);
        } else if (outcomes.isComplete(named.kind())) {
            intake.gone(named, Deletion.HARD);
        }
    }

    // What is shown apart of an object is told neither by a delta query nor by a list of its kind.
    private void readPartsOfChanged() {
        for (ObjectKind kind : READING_ORDER) {
            List<ObjectRef> changed = intake.mentioned(kind).stream()
                    .map(id -> new ObjectRef(kind, id))
                    .toList();
            List<ObjectRef> apart = parts.of(changed).stream()
                    .filter(part -> !progress.wasRead(part.kind()) && outcomes.isComplete(part.kind()))
                    .toList();
            Set<ObjectKind> unused = targeted().readParts(apart);
        }
    }

    private void readKind(ObjectKind kind) {
        if (outcomes.isHopeless()) {
            outcomes.hopeless(kind);
            slow.reading(kind).filter(KindReading::hasBegun).ifPresent(begun -> progress.doubt(kind));
            return;
        }
        KindDescription description = Catalogue.of(kind);
        Optional<ObjectKind> unreadParent = description.reach().parent().filter(parent -> !outcomes.isComplete(parent));
        if (description.reach().cadence() == Cadence.REQUEST) {
            outcomes.onRequestOnly(kind);
        } else if (unreadParent.isPresent()) {
            outcomes.follows(kind, unreadParent.get());
        } else if (description.reading().isBelowAnother()) {
            readBelow(kind);
        } else if (due.is(kind)) {
            readDue(kind);
        }
    }

    private void readDue(ObjectKind kind) {
        Optional<String> permission = withheld.blankWithout(kind);
        if (permission.isPresent()) {
            outcomes.blank(kind, permission.get());
            progress.brokeOff(kind, false, outcomes.reason(kind));
        } else {
            KindCursor before = known.kind(kind);
            boolean first = before.readWhole() || withheld.hasChanged(kind);
            readObjects(kind);
            boolean noLongerTold =
                    before.deltaLink() != null && known.kind(kind).listed();
            readLinks(kind, first || noLongerTold || order.mode() == CaptureMode.FULL);
        }
    }

    // Changes that are fetched ahead are read from now on.
    private void expect() {
        if (order.mode() == CaptureMode.INCREMENTAL) {
            known.deltaLinks().keySet().forEach(this::begins);
            live.expectChanges(known.deltaLinks());
        }
        live.expect(READING_ORDER.stream().filter(due::isListed).toList());
    }

    private void begins(ObjectKind kind) {
        progress.begins(kind.word(), order.mode() == CaptureMode.FULL ? Source.FULL : Source.INCREMENTAL);
    }

    private KindReading reading(ObjectKind kind) {
        begins(kind);
        return new KindReading(kind, live, known, outlet, intake, withheld);
    }

    private void readObjects(ObjectKind kind) {
        KindReading reading = slow.reading(kind).orElseGet(() -> reading(kind));
        try {
            if (slow.reads(kind)) {
                slow.end(kind, reading);
            } else if (order.mode() == CaptureMode.FULL) {
                reading.readWhole();
            } else {
                reading.readChanges();
            }
            if (reading.wasWhole()) {
                progress.toldWhole(reading.toldLinks());
            }
            outcomes.answered();
            Source source = reading.wasWhole() ? Source.FULL : Source.INCREMENTAL;
            progress.read(kind, reading.toldLinks(), source);
            LOG.debugf("kind read tenant=%s capture=%s kind=%s", order.tenant(), order.captureId(), kind.word());
        } catch (GraphException | UnreadableTenantException e) {
            progress.notRead(kind, reading.hasBegun(), e);
        }
    }

    private void readBelow(ObjectKind kind) {
        ChildReading reading = new ChildReading(kind, live, known, outlet, intake);
        boolean whole = due.is(kind);
        progress.begins(kind.word(), whole ? Source.FULL : Source.INCREMENTAL);
        try {
            if (whole) {
                reading.readWhole();
                known.advance(kind, new KindCursor(null, false));
                progress.read(kind, List.of(), Source.FULL);
            } else {
                reading.readBelow(concerned(kind));
            }
        } catch (GraphException | UnreadableTenantException e) {
            progress.notRead(kind, true, e);
        }
    }

    /** The objects of which something was told on which a kind hangs, and those on which something hangs that it follows. */
    private Set<ObjectId> concerned(ObjectKind kind) {
        Reach reach = Catalogue.of(kind).reach();
        Set<ObjectId> parents =
                new LinkedHashSet<>(intake.mentioned(reach.parent().orElseThrow()));
        reach.follows()
                .ifPresent(followed ->
                        intake.mentioned(followed).forEach(id -> id.parent().ifPresent(parents::add)));
        return parents;
    }

    /** Links that no delta query tells: those of every object, or those of objects of which something was told. */
    private void readLinks(ObjectKind kind, boolean whole) {
        if (!outcomes.isComplete(kind)) {
            return;
        }
        for (LinkDescription link : Catalogue.of(kind).linkDescriptions()) {
            LinkReading reading = new LinkReading(link.kind(), live, known, outlet, intake);
            boolean told = link.reading() == LinkDescription.Reading.DELTA;
            boolean alone = told && known.kind(kind).listed() || link.reading() == LinkDescription.Reading.EACH;
            try {
                if (whole && (alone || !told)) {
                    progress.begins(link.kind().word(), Source.FULL);
                    reading.readWhole();
                    progress.readWhole(link.kind());
                } else if (alone) {
                    reading.readOf(intake.mentioned(kind));
                }
            } catch (GraphException e) {
                progress.notRead(link.kind(), e);
            }
        }
    }

    private void settleUnseen(LinkKind link) {
        try {
            new LinkReading(link, live, known, outlet, intake).settleUnseen();
        } catch (GraphException e) {
            outcomes.refused(link, e);
            progress.brokeOff(link.source(), true, String.valueOf(e.reason()));
        }
    }

    private void readObjects(List<ObjectRef> refs) {
        try {
            progress.below(targeted().read(refs));
        } catch (GraphException | UnreadableTenantException e) {
            CaptureAccount.kindsOf(refs).forEach(kind -> progress.notRead(kind, true, e));
        }
    }

    // Graph keeps the links of what is deleted and so does not tell of them as changes when it comes back. What is read
    // whole shows them anyway, and what broke off is read whole next time.
    private void relink() {
        List<ObjectRef> restored = intake.restored();
        Set<LinkKind> unread = EnumSet.noneOf(LinkKind.class);
        for (LinkKind link : LinkKind.values()) {
            if (!progress.wholeLinks().contains(link)
                    && !known.kind(link.source()).readWhole()) {
                unread.add(link);
            }
        }
        readLinksOf(restored, unread);
    }

    private void readLinksOf(List<ObjectRef> restored, Set<LinkKind> kinds) {
        if (restored.isEmpty() || kinds.isEmpty()) {
            return;
        }
        try {
            targeted().readLinksOfRestored(restored, kinds);
        } catch (GraphException e) {
            for (LinkKind link : kinds) {
                outcomes.refused(link.source(), e);
                progress.brokeOff(link.source(), true, outcomes.reason(link.source()));
            }
        }
    }

    private TargetedReading targeted() {
        return new TargetedReading(live, known, outlet, intake, progress, withheld, parts);
    }

    private boolean isTargeted() {
        return order.mode() == CaptureMode.TARGETED;
    }
}
