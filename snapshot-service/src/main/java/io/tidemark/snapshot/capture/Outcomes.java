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
import org.jspecify.annotations.Nullable;

/** How each kind of one capture ended. A kind that nobody spoke ill of is complete. */
final class Outcomes {

    /** Kinds that a tenant may not have at all: they need a licence. */
    private static final Set<ObjectKind> OPTIONAL =
            Set.of(ObjectKind.CONDITIONAL_ACCESS_POLICY, ObjectKind.NAMED_LOCATION, ObjectKind.ROLE_ASSIGNMENT);

    private record Verdict(Outcome outcome, String reason) {}

    private final Map<ObjectKind, Verdict> verdicts = new EnumMap<>(ObjectKind.class);
    private @Nullable Verdict shutOut;

    /** Graph refused a kind, or broke off. */
    void refused(ObjectKind kind, GraphException why) {
        boolean withheld = why.reason() == Reason.FORBIDDEN || why.reason() == Reason.NOT_FOUND;
        Outcome outcome = withheld && OPTIONAL.contains(kind) ? Outcome.SKIPPED : Outcome.FAILED;
        Verdict verdict = new Verdict(outcome, reason(why));
        verdicts.put(kind, verdict);
        if (why.reason() == Reason.UNAUTHORIZED) {
            shutOut = verdict;
        }
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
        return verdicts.entrySet().stream()
                .filter(verdict -> verdict.getValue().outcome() == Outcome.FAILED)
                .map(verdict ->
                        verdict.getKey().word() + ": " + verdict.getValue().reason())
                .collect(Collectors.joining("; "));
    }

    /** The counts of these kinds and their links. */
    List<TypeCount> counts(Set<ObjectKind> kinds, KnownStates known, PublishedCounts published) {
        List<TypeCount> counts = new ArrayList<>();
        for (ObjectKind kind : kinds) {
            counts.add(count(kind, kind.word(), known, published));
            for (LinkKind link : Catalogue.of(kind).links()) {
                counts.add(count(kind, link.word(), known, published));
            }
        }
        return counts;
    }

    private TypeCount count(ObjectKind kind, String type, KnownStates known, PublishedCounts published) {
        Verdict verdict = verdicts.get(kind);
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
