package io.tidemark.diff.attribution;

import io.tidemark.contracts.ChangeRecorded;
import io.tidemark.contracts.ChangeRecorded.LoggedProperty;
import io.tidemark.contracts.ChangeRecorded.Operation;
import io.tidemark.contracts.ChangeRecorded.Related;
import io.tidemark.diff.attribution.AttributedDifference.AttributedLink;
import io.tidemark.diff.compare.Action;
import io.tidemark.diff.compare.Difference;
import io.tidemark.diff.compare.LinkChange;
import io.tidemark.diff.compare.LinkChange.Direction;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.comparison.PropertyChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events that caused what differs between two moments. Of the events that may have, the surest counts; of equally sure ones the
 * last one before the later moment; events after that moment count only if there is none before it.
 */
public final class Attributor {

    /** Events that happened this long before the earlier moment still count: what was read may be older than the moment. */
    public static final Duration BEFORE = Duration.ofMinutes(5);

    /** Events that happened this long after the later moment still count: clocks differ. */
    public static final Duration AFTER = Duration.ofMinutes(30);

    private static final Set<Operation> DELETIONS = Set.of(Operation.DELETE, Operation.HARD_DELETE);
    private static final Set<Operation> ARRIVALS = Set.of(Operation.CREATE, Operation.RESTORE);

    private final Instant to;
    private final Map<StateKey, List<ChangeRecorded>> events;

    /**
     * @param to the later moment
     * @param events what the log says of each of {@link #evidence}, within the window
     */
    public Attributor(Instant to, Map<StateKey, List<ChangeRecorded>> events) {
        this.to = to;
        this.events = events;
    }

    /** The keys whose events are needed to attribute a difference. */
    public static Set<StateKey> evidence(Difference difference) {
        Set<StateKey> keys = new TreeSet<>();
        keys.add(difference.object().key());
        for (LinkChange change : difference.links()) {
            keys.add(change.link().key());
            target(change).ifPresent(keys::add);
        }
        return keys;
    }

    public AttributedDifference attribute(Difference difference) {
        List<Attribution> attributions =
                difference.action() == Action.MODIFIED ? byProperty(difference) : List.of(byAction(difference));
        List<AttributedLink> links = difference.links().stream()
                .map(change -> new AttributedLink(change, link(change)))
                .toList();
        return new AttributedDifference(difference, attributions, links);
    }

    private List<Attribution> byProperty(Difference difference) {
        List<ChangeRecorded> about = about(difference.object().key());
        Map<Attribution, List<String>> paths = new LinkedHashMap<>();
        for (PropertyChange property : difference.properties()) {
            Attribution found = best(about, event -> grade(event, property));
            paths.computeIfAbsent(found, cause -> new ArrayList<>()).add(property.path());
        }
        List<Attribution> attributions = new ArrayList<>();
        paths.forEach((cause, caused) -> attributions.add(cause.withPaths(caused)));
        return attributions;
    }

    private static Grade grade(ChangeRecorded event, PropertyChange property) {
        Grade grade = Grade.NONE;
        for (LoggedProperty logged : event.properties()) {
            if (LoggedValue.covers(logged, property.path())) {
                if (LoggedValue.confirms(logged, property.path(), property.after())) {
                    return Grade.EXACT;
                }
                grade = Grade.PROPERTY;
            }
        }
        boolean link = event.operation() == Operation.LINK || event.operation() == Operation.UNLINK;
        return grade == Grade.NONE && !link ? Grade.OBJECT : grade;
    }

    private Attribution byAction(Difference difference) {
        return best(about(difference.object().key()), event -> grade(event, difference));
    }

    private static Grade grade(ChangeRecorded event, Difference difference) {
        Operation operation = event.operation();
        return switch (difference.action()) {
            case CREATED -> operation == Operation.CREATE ? Grade.EXACT : Grade.OBJECT;
            case RESTORED -> operation == Operation.RESTORE ? Grade.EXACT : Grade.OBJECT;
            case SOFT_DELETED -> operation == Operation.DELETE ? Grade.EXACT : Grade.OBJECT;
            case HARD_DELETED -> hardDeletion(operation, difference.object().kind());
            case MODIFIED -> Grade.OBJECT;
        };
    }

    private static Grade hardDeletion(Operation operation, ObjectKind kind) {
        if (operation == Operation.HARD_DELETE) {
            return Grade.EXACT;
        }
        if (operation == Operation.DELETE) {
            return Catalogue.of(kind).recycleBin().isEmpty() ? Grade.EXACT : Grade.PROPERTY;
        }
        return Grade.OBJECT;
    }

    private Attribution link(LinkChange change) {
        LinkKind kind = change.link().kind();
        List<ChangeRecorded> about = kind.arity() == LinkKind.Arity.MANY
                ? about(change.link().key())
                : about(change.link().sourceRef().key());
        Attribution direct = best(about, event -> grade(event, change));
        if (direct.grade() != Grade.NONE) {
            return direct;
        }
        // Whoever deletes or brings back one end takes away or brings back its links.
        Set<Operation> operations = change.action() == Direction.REMOVED ? DELETIONS : ARRIVALS;
        List<ChangeRecorded> ends =
                new ArrayList<>(about(change.link().sourceRef().key()));
        target(change).ifPresent(target -> ends.addAll(about(target)));
        return best(ends, event -> operations.contains(event.operation()) ? Grade.OBJECT : Grade.NONE);
    }

    private static Grade grade(ChangeRecorded event, LinkChange change) {
        String target = change.link().target().value();
        String relation = change.link().kind().relation();
        boolean sameRelation = event.related().stream().anyMatch(related -> isRole(relation, related))
                || event.properties().stream().anyMatch(logged -> relation.equals(logged.graphPath()));
        if (!sameRelation) {
            return Grade.NONE;
        }
        Operation wanted = change.action() == Direction.ADDED ? Operation.LINK : Operation.UNLINK;
        boolean sameTarget = event.related().stream()
                .anyMatch(related -> isRole(relation, related) && related.id().equalsIgnoreCase(target));
        return event.operation() == wanted && sameTarget ? Grade.EXACT : Grade.PROPERTY;
    }

    private static boolean isRole(String relation, Related related) {
        return relation.equals(related.role()) || relation.equals(related.role() + "s");
    }

    private Attribution best(List<ChangeRecorded> candidates, Function<ChangeRecorded, Grade> grading) {
        @Nullable Attribution best = null;
        for (ChangeRecorded event : candidates) {
            Grade grade = event.result().equalsIgnoreCase("success") ? grading.apply(event) : Grade.NONE;
            if (grade != Grade.NONE && (best == null || isBetter(event, grade, best))) {
                best = new Attribution(event, grade, List.of());
            }
        }
        return best == null ? Attribution.NONE : best;
    }

    private boolean isBetter(ChangeRecorded event, Grade grade, Attribution best) {
        if (best.event() == null || grade != best.grade()) {
            return grade.compareTo(best.grade()) < 0;
        }
        boolean inTime = !event.occurredAt().isAfter(to);
        boolean bestInTime = !best.event().occurredAt().isAfter(to);
        if (inTime != bestInTime) {
            return inTime;
        }
        Comparator<ChangeRecorded> order =
                Comparator.comparing(ChangeRecorded::occurredAt).thenComparing(ChangeRecorded::auditId);
        int later = order.compare(event, best.event());
        return inTime ? later > 0 : later < 0;
    }

    private List<ChangeRecorded> about(StateKey key) {
        return events.getOrDefault(key, List.of());
    }

    private static Optional<StateKey> target(LinkChange change) {
        return Arrays.stream(ObjectKind.values())
                .filter(kind -> kind.word().equals(change.targetType()))
                .findFirst()
                .map(kind -> new ObjectRef(kind, change.link().target()).key());
    }
}
