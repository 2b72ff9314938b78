package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.PublishedCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How each kind of one capture ended. A kind that nobody spoke ill of is complete. */
final class Outcomes {

    private static final String INTUNE = "deviceManagement/";

    private record Verdict(Outcome outcome, String reason) {}

    private final Map<ObjectKind, Verdict> verdicts = new EnumMap<>(ObjectKind.class);
    private final Map<LinkKind, Verdict> links = new EnumMap<>(LinkKind.class);
    private @Nullable Verdict shutOut;

    /** Graph refused a kind, or broke off. */
    void refused(ObjectKind kind, GraphException why) {
        Verdict verdict = verdict(kind, why);
        verdicts.put(kind, verdict);
        if (why.reason() == Reason.UNAUTHORIZED && verdict.outcome() == Outcome.FAILED) {
            shutOut = verdict;
        }
    }

    /** Graph refused links that are read apart from the objects that they hang on. */
    void refused(LinkKind link, GraphException why) {
        links.put(link, verdict(link.source(), why));
    }

    /** The kind was not asked for, because what it hangs on was not read. */
    void follows(ObjectKind kind, ObjectKind parent) {
        Verdict verdict = verdicts.get(parent);
        if (verdict != null) {
            boolean optional = Catalogue.of(kind).access().optional().isPresent();
            Outcome outcome = optional ? verdict.outcome() : Outcome.FAILED;
            verdicts.put(kind, new Verdict(outcome, parent.word() + " was not read: " + verdict.reason()));
        }
    }

    /** The kind is not read by a capture of this sort, for a reason that the catalogue gives. */
    void onRequestOnly(ObjectKind kind) {
        String why = Catalogue.of(kind).access().optional().orElse("read for single objects only");
        verdicts.put(kind, new Verdict(Outcome.SKIPPED, why));
    }

    /** Whether nothing speaks against the kind. */
    boolean isComplete(ObjectKind kind) {
        return !verdicts.containsKey(kind);
    }

    private static Verdict verdict(ObjectKind kind, GraphException why) {
        boolean optional = Catalogue.of(kind).access().optional().isPresent();
        boolean withheld = switch (why.reason()) {
            case FORBIDDEN, NOT_FOUND, NOT_IMPLEMENTED -> true;
            // Intune answers so where it has no licence.
            case UNAUTHORIZED -> Catalogue.of(kind).path().startsWith(INTUNE);
            default -> false;
        };
        return new Verdict(withheld && optional ? Outcome.SKIPPED : Outcome.FAILED, reason(why));
    }

    /** What Graph sent for a kind could not be read. */
    void failed(ObjectKind kind, String reason) {
        verdicts.put(kind, new Verdict(Outcome.FAILED, reason));
    }

    /** Why the kind is not complete. */
    String reason(ObjectKind kind) {
        Verdict verdict = verdicts.get(kind);
        return verdict == null ? "" : verdict.reason();
    }

    /** Whether nothing can be read any more because nobody lets us in. */
    boolean isHopeless() {
        return shutOut != null;
    }

    /** The kind was not even tried, because nobody lets us in. */
    void hopeless(ObjectKind kind) {
        if (shutOut != null) {
            verdicts.put(kind, shutOut);
        }
    }

    boolean isAnyComplete(Set<ObjectKind> kinds) {
        return kinds.stream().anyMatch(kind -> !verdicts.containsKey(kind));
    }

    /** Which kinds failed and why, as one sentence; empty text if none did. */
    String failures() {
        Stream<String> ofKinds = verdicts.entrySet().stream()
                .filter(verdict -> verdict.getValue().outcome() == Outcome.FAILED)
                .map(verdict ->
                        verdict.getKey().word() + ": " + verdict.getValue().reason());
        Stream<String> ofLinks = links.entrySet().stream()
                .filter(verdict -> verdict.getValue().outcome() == Outcome.FAILED)
                .map(verdict ->
                        verdict.getKey().word() + ": " + verdict.getValue().reason());
        return Stream.concat(ofKinds, ofLinks).collect(Collectors.joining("; "));
    }

    /** The counts of these kinds and their links. */
    List<TypeCount> counts(Set<ObjectKind> kinds, KnownStates known, PublishedCounts published) {
        List<TypeCount> counts = new ArrayList<>();
        for (ObjectKind kind : kinds) {
            counts.add(count(verdicts.get(kind), kind.word(), known, published));
            for (LinkKind link : Catalogue.of(kind).links()) {
                @Nullable Verdict own = verdicts.getOrDefault(kind, links.get(link));
                counts.add(count(own, link.word(), known, published));
            }
        }
        return counts;
    }

    private static TypeCount count(
            @Nullable Verdict verdict, String type, KnownStates known, PublishedCounts published) {
        SetDigest present = known.total(type);
        SetDigest sent = published.of(type);
        return new TypeCount(
                type,
                verdict == null ? Outcome.COMPLETE : verdict.outcome(),
                verdict == null ? null : verdict.reason(),
                present.count(),
                present.hex(),
                sent.count(),
                sent.hex());
    }

    private static String reason(GraphException why) {
        String code = why.code().isEmpty() ? "" : " " + why.code();
        return why.status() == 0 ? why.reason().name() : why.reason() + " (" + why.status() + code + ")";
    }
}
