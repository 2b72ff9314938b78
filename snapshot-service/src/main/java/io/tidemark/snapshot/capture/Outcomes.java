package io.tidemark.snapshot.capture;

import io.tidemark.contracts.CaptureReport;
import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.contracts.CaptureReport.TypeCount.Outcome;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.directory.catalogue.Access;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphException.Reason;
import io.tidemark.snapshot.cursor.KnownStates;
import io.tidemark.snapshot.publish.PublishedCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How each kind of one capture ended. A kind that nobody spoke ill of is complete. */
final class Outcomes {

    private static final String INTUNE = "deviceManagement/";

    /** After so many kinds in a row for which Graph gave no answer for as long as our patience lasts, it is not asked any more. */
    private static final int MOST_SILENT = 3;

    private record Verdict(Outcome outcome, String reason) {}

    private final Map<ObjectKind, Verdict> verdicts = new EnumMap<>(ObjectKind.class);
    private final Map<LinkKind, Verdict> links = new EnumMap<>(LinkKind.class);
    private final KnownStates known;
    private final Withheld withheld;
    private @Nullable Verdict shutOut;
    private int silent;

    Outcomes(KnownStates known, Withheld withheld) {
        this.known = known;
        this.withheld = withheld;
    }

    /** Graph refused a kind, or broke off. */
    void refused(ObjectKind kind, GraphException why) {
        Verdict verdict = verdict(kind, kind.word(), isOptional(kind), why);
        verdicts.put(kind, verdict);
        silent = why.reason() == Reason.UNAVAILABLE ? silent + 1 : 0;
        boolean nobodyLetsUsIn = why.reason() == Reason.UNAUTHORIZED && verdict.outcome() == Outcome.FAILED;
        if (nobodyLetsUsIn || silent == MOST_SILENT) {
            shutOut = verdict;
        }
    }

    /** Graph refused links that are read apart from the objects that they hang on. */
    void refused(LinkKind link, GraphException why) {
        boolean optional =
                isOptional(link.source()) || Catalogue.of(link).condition().isPresent();
        links.put(link, verdict(link.source(), link.word(), optional, why));
    }

    /** Graph would show nothing of the kind, and not say so, for want of a permission. */
    void blank(ObjectKind kind, String permission) {
        verdicts.put(
                kind,
                new Verdict(
                        withheld(kind.word(), isOptional(kind)),
                        permission + " is not granted, and Graph shows it as empty without"));
    }

    /** Links that were shown before are withheld now. Their kind is looked at as a whole until they are shown again. */
    void takenAway() {
        for (LinkKind link : withheld.takenAway()) {
            String why = withheld.reason(link).orElse("withheld");
            links.putIfAbsent(link, new Verdict(Outcome.FAILED, why + ", though some were shown before"));
            known.advance(link.source(), known.kind(link.source()).doubted());
        }
    }

    boolean hasFailed(LinkKind link) {
        Verdict verdict = links.get(link);
        return verdict != null && verdict.outcome() == Outcome.FAILED;
    }

    /** Graph answers. */
    void answered() {
        silent = 0;
    }

    /** The kind was not asked for, because what it hangs on was not read. */
    void follows(ObjectKind kind, ObjectKind parent) {
        Verdict verdict = verdicts.get(parent);
        if (verdict != null) {
            Outcome outcome = isOptional(kind) ? verdict.outcome() : Outcome.FAILED;
            verdicts.put(kind, new Verdict(outcome, parent.word() + " was not read: " + verdict.reason()));
        }
    }

    /** The kind is not read by a capture of this sort, for a reason that the catalogue gives. */
    void onRequestOnly(ObjectKind kind) {
        String why = Catalogue.of(kind).access().optional().orElse("read for single objects only");
        verdicts.put(kind, new Verdict(Outcome.SKIPPED, why));
    }

    /** Whether nothing speaks against a type of object or link. */
    boolean isComplete(String type) {
        return type.indexOf('.') < 0
                ? isComplete(ObjectKind.parse(type))
                : isComplete(LinkKind.parse(type).source()) && !links.containsKey(LinkKind.parse(type));
    }

    /** Whether nothing speaks against the kind. */
    boolean isComplete(ObjectKind kind) {
        return !verdicts.containsKey(kind);
    }

    private Verdict verdict(ObjectKind kind, String type, boolean optional, GraphException why) {
        boolean kept = switch (why.reason()) {
            case FORBIDDEN, NOT_FOUND, NOT_IMPLEMENTED -> true;
            // Intune answers so where it has no licence.
            case UNAUTHORIZED -> Catalogue.of(kind).path().startsWith(INTUNE);
            default -> false;
        };
        return new Verdict(kept ? withheld(type, optional) : Outcome.FAILED, reason(why) + needed(kind, why));
    }

    /** What it takes to read the kind; which of it is missing Graph does not say. */
    private static String needed(ObjectKind kind, GraphException why) {
        String permissions = Catalogue.of(kind).access().read().stream()
                .map(Access.Permission::least)
                .collect(Collectors.joining(" and "));
        return why.reason() != Reason.FORBIDDEN || permissions.isEmpty() ? "" : ", needs " + permissions;
    }

    // What was shown before and is withheld now is no matter of a tenant that does not have it.
    private Outcome withheld(String type, boolean optional) {
        boolean recorded = known.total(type).count() > 0;
        return optional && !recorded ? Outcome.SKIPPED : Outcome.FAILED;
    }

    /** What Graph sent for a kind could not be read. */
    void failed(ObjectKind kind, String reason) {
        verdicts.put(kind, new Verdict(Outcome.FAILED, reason));
    }

    /** Whether the kind was not read for a reason that makes nothing worse. */
    boolean isSkipped(ObjectKind kind) {
        Verdict verdict = verdicts.get(kind);
        return verdict != null && verdict.outcome() == Outcome.SKIPPED;
    }

    /** Why the kind is not complete. */
    String reason(ObjectKind kind) {
        Verdict verdict = verdicts.get(kind);
        return verdict == null ? "" : verdict.reason();
    }

    /** Whether nothing can be read any more because nobody lets us in, or nobody answers. */
    boolean isHopeless() {
        return shutOut != null;
    }

    /** The kind was not even tried, because nobody lets us in, or nobody answers. */
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
    List<TypeCount> counts(
            Set<ObjectKind> kinds,
            Predicate<String> wasRead,
            Function<String, Optional<CaptureReport.Reading>> readings,
            PublishedCounts published) {
        List<TypeCount> counts = new ArrayList<>();
        for (ObjectKind kind : kinds) {
            String type = kind.word();
            counts.add(count(verdict(verdicts.get(kind), type, wasRead), type, readings.apply(type), published));
            for (LinkKind link : Catalogue.of(kind).links()) {
                @Nullable Verdict own = verdicts.getOrDefault(kind, links.get(link));
                Verdict shown = shown(link, verdict(own, link.word(), wasRead));
                counts.add(count(shown, link.word(), readings.apply(link.word()), published));
            }
        }
        return counts;
    }

    private @Nullable Verdict verdict(@Nullable Verdict spoken, String type, Predicate<String> wasRead) {
        if (spoken != null || wasRead.test(type)) {
            return spoken;
        }
        String why = known.wholeAt(type)
                .map(at -> "not read by this capture; as it was read whole at " + at)
                .orElse("not read by this capture, and not known when it was read whole");
        return new Verdict(Outcome.CARRIED, why);
    }

    private static boolean isOptional(ObjectKind kind) {
        return Catalogue.of(kind).access().optional().isPresent();
    }

    private @Nullable Verdict shown(LinkKind link, @Nullable Verdict verdict) {
        String why = withheld.reason(link).orElse("");
        if (why.isEmpty()) {
            return verdict;
        }
        if (verdict == null) {
            return new Verdict(Outcome.WITHHELD, why);
        }
        return verdict.outcome() == Outcome.CARRIED
                ? new Verdict(Outcome.CARRIED, verdict.reason() + "; " + why)
                : verdict;
    }

    private TypeCount count(
            @Nullable Verdict verdict,
            String type,
            Optional<CaptureReport.Reading> reading,
            PublishedCounts published) {
        Outcome outcome = verdict == null ? Outcome.COMPLETE : verdict.outcome();
        SetDigest present = known.total(type);
        SetDigest sent = published.of(type);
        return new TypeCount(
                type,
                outcome,
                verdict == null ? null : verdict.reason(),
                outcome == Outcome.CARRIED ? null : reading.orElse(null),
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
