package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport.CaptureMode;
import io.tidemark.contracts.CaptureReport.Reading;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.ObjectState.Source;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.snapshot.capture.newer.NewerFound;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.PublishedCounts;
import io.tidemark.snapshot.publish.SnapshotPublisher.Stage;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** What one capture has read whole of each type, what it could not read, and the account that it gives of both. */
final class Progress {

    private static final Logger LOG = Logger.getLogger(Progress.class);

    private final CaptureOrder order;
    private final KnownStates known;
    private final Outcomes outcomes;
    private final Set<LinkKind> wholeLinks = EnumSet.noneOf(LinkKind.class);
    private final Set<String> read = new HashSet<>();
    private final Set<ObjectKind> below = EnumSet.noneOf(ObjectKind.class);
    private final Readings readings;

    Progress(CaptureOrder order, KnownStates known, Outcomes outcomes, CaptureTime time) {
        this.order = order;
        this.known = known;
        this.outcomes = outcomes;
        this.readings = new Readings(time);
    }

    /** A type is read from now on. */
    void begins(String type, Source source) {
        readings.begin(type, source);
    }

    /** The last of a kind has come. */
    void ends(ObjectKind kind) {
        readings.end(kind.word());
    }

    /** A kind was read, with the links that were told with it. */
    void read(ObjectKind kind, List<LinkKind> told, Source source) {
        read.add(kind.word());
        readings.end(kind.word(), source, kind.word());
        for (LinkKind link : told) {
            read.add(link.word());
            readings.end(link.word(), source, kind.word());
        }
    }

    /** The links of every object were read. */
    void readWhole(LinkKind link) {
        wholeLinks.add(link);
        read.add(link.word());
        readings.end(link.word());
    }

    /** Links were told of every object, with the kind that they hang on. */
    void toldWhole(List<LinkKind> links) {
        wholeLinks.addAll(links);
    }

    /** Kinds were read of which nobody named an object, but what they hang on. */
    void below(Set<ObjectKind> kinds) {
        below.addAll(kinds);
    }

    boolean wasRead(ObjectKind kind) {
        return read.contains(kind.word());
    }

    /** The links of which everything that there is was met. */
    Set<LinkKind> wholeLinks() {
        return wholeLinks;
    }

    /** A kind could not be read to its end. */
    void notRead(ObjectKind kind, boolean begun, RuntimeException why) {
        readings.end(kind.word());
        if (why instanceof GraphException refusal) {
            outcomes.refused(kind, refusal);
        } else {
            outcomes.failed(kind, String.valueOf(why.getMessage()));
        }
        brokeOff(kind, begun, outcomes.reason(kind));
    }

    /** Links could not be read. What was to be looked at is told once only, so the next capture looks at everything. */
    void notRead(LinkKind link, GraphException why) {
        readings.end(link.word());
        outcomes.refused(link, why);
        if (outcomes.hasFailed(link)) {
            doubt(link.source());
        }
        LOG.warnf(
                "links not read tenant=%s capture=%s links=%s reason=%s",
                order.tenant(), order.captureId(), link.word(), why.reason());
    }

    /** The reading of a kind broke off. */
    void brokeOff(ObjectKind kind, boolean begun, String reason) {
        if (begun) {
            doubt(kind);
        }
        LOG.logf(
                outcomes.isSkipped(kind) ? Logger.Level.INFO : Logger.Level.WARN,
                "kind not read tenant=%s capture=%s kind=%s reason=%s",
                order.tenant(),
                order.captureId(),
                kind.word(),
                reason);
    }

    /** As {@link Outcomes#blank}. */
    void blank(ObjectKind kind, String permission) {
        outcomes.blank(kind, permission);
    }

    /** The next capture reads all of a kind. */
    void doubt(ObjectKind kind) {
        known.advance(kind, known.kind(kind).doubted());
    }

    /** Remembers what was read whole. */
    void remember(Instant completedAt) {
        read.stream().filter(outcomes::isComplete).forEach(type -> known.readWhole(type, completedAt));
    }

    /** How far the capture has come. */
    SoFar soFar(PublishedCounts published, long requests, long objectsRead) {
        List<TypeCount> ended =
                outcomes.counts(EnumSet.allOf(ObjectKind.class), read::contains, readings::of, published).stream()
                        .filter(count -> readings.hasEnded(count.type()))
                        .toList();
        return new SoFar(requests, objectsRead, ended, readings.underWay());
    }

    /** How the capture ended. */
    CaptureResult result(
            Instant startedAt,
            Instant completedAt,
            PublishedCounts published,
            long requests,
            long objectsRead,
            List<NewerFound> newer) {
        boolean targeted = order.mode() == CaptureMode.TARGETED;
        Reading whole = new Reading(Source.TARGETED, startedAt, completedAt);
        Set<ObjectKind> kinds =
                targeted ? CaptureAccount.concerned(order, below, published) : EnumSet.allOf(ObjectKind.class);
        String failures = outcomes.failures();
        Stage stage = Stage.COMPLETED;
        if (!failures.isEmpty()) {
            stage = outcomes.isAnyComplete(kinds) ? Stage.INCOMPLETE : Stage.FAILED;
        }
        return new CaptureResult(
                stage,
                CaptureAccount.ended(
                        order,
                        startedAt,
                        completedAt,
                        outcomes.counts(
                                kinds,
                                type -> targeted || read.contains(type),
                                targeted ? type -> Optional.of(whole) : readings::of,
                                published),
                        failures),
                requests,
                objectsRead,
                newer);
    }
}
