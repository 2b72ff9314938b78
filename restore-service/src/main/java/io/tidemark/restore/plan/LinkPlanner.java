package io.tidemark.restore.plan;

import io.tidemark.contracts.RestoreOptions;
import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.restore.plan.RestoreStep.AddLinks.Reading;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans what the links of one source need. */
final class LinkPlanner {

    private final Ends ends;
    private final LiveState live;
    private final RestoreOptions options;
    private final Instant baseline;

    LinkPlanner(Ends ends, LiveState live, RestoreOptions options, Instant baseline) {
        this.ends = ends;
        this.live = live;
        this.options = options;
        this.baseline = baseline;
    }

    /** Plans all wanted links of one kind that hang on one source. */
    void plan(LinkKind kind, ObjectId source, List<WantedState> wanted, Draft draft) {
        ObjectRef sourceRef = new ObjectRef(kind.source(), source);
        Set<ObjectId> now = live.targets(kind, source);
        Optional<OpenPoint> closed = wanted.stream().findFirst().flatMap(first -> refusal(kind, sourceRef, first));
        if (closed.isPresent()) {
            OpenPoint why = closed.get();
            wanted.stream()
                    .filter(state -> state.wanted().isPresent() != now.contains(target(state)))
                    .forEach(state -> draft.open(OpenPoint.of(why.why(), state.recordedKey(), "", why.reason())));
        } else if (kind.arity() == LinkKind.Arity.ONE) {
            planSingle(sourceRef, wanted, now, draft);
        } else {
            planMany(kind, source, wanted, now, draft);
        }
    }

    private Optional<OpenPoint> refusal(LinkKind kind, ObjectRef source, WantedState any) {
        if (!ends.isThere(source)) {
            return Optional.of(OpenPoint.of(
                    OpenPoint.Why.UNRESTORABLE,
                    any.recordedKey(),
                    "",
                    "what it hangs on is deleted and does not come back"));
        }
        JsonObject properties = ends.properties(source);
        if (kind == LinkKind.GROUP_MEMBERS && Mastery.isDynamic(properties)) {
            return Optional.of(OpenPoint.of(
                    OpenPoint.Why.FOLLOWS, any.recordedKey(), "", "membership follows the rule of the dynamic group"));
        }
        return mastered(kind, properties)
                .map(reason -> OpenPoint.of(OpenPoint.Why.UNRESTORABLE, any.recordedKey(), "", reason));
    }

    private static Optional<String> mastered(LinkKind kind, JsonObject source) {
        return switch (kind) {
            case GROUP_MEMBERS, GROUP_OWNERS -> Mastery.linkRefusal(source);
            case USER_MANAGER ->
                Mastery.isSynced(source) ? Optional.of("the user is mastered on premises") : Optional.empty();
            default -> Optional.empty();
        };
    }

    private void planMany(LinkKind kind, ObjectId source, List<WantedState> wanted, Set<ObjectId> now, Draft draft) {
        List<ObjectId> adding = new ArrayList<>();
        boolean mayBeBack = ends.comesBack(new ObjectRef(kind.source(), source));
        for (WantedState state : wanted) {
            ObjectId target = target(state);
            if (state.wanted().isPresent() && !now.contains(target)) {
                if (ends.isGone(target)) {
                    draft.open(targetGone(state));
                } else {
                    adding.add(target);
                    mayBeBack |= ends.comesBack(target);
                }
            } else if (!state.wanted().isPresent() && now.contains(target)) {
                planRemoval(kind, source, state, draft);
            }
        }
        int most = kind == LinkKind.GROUP_MEMBERS ? RestoreStep.MOST_TARGETS : 1;
        adding.sort(java.util.Comparator.comparing(ObjectId::value));
        for (int from = 0; from < adding.size(); from += most) {
            List<ObjectId> some = adding.subList(from, Math.min(from + most, adding.size()));
            draft.add(
                    Phase.ADD_LINKS,
                    new RestoreStep.AddLinks(kind, source, some, mayBeBack ? Reading.FIRST : Reading.NOT_NEEDED));
        }
    }

    private void planRemoval(LinkKind kind, ObjectId source, WantedState state, Draft draft) {
        if (options.created() == RestoreOptions.Created.KEEP && isNew(target(state))) {
            draft.open(OpenPoint.of(
                    OpenPoint.Why.KEPT,
                    state.recordedKey(),
                    "",
                    "leads to an object made since the baseline, which is kept"));
        } else {
            draft.add(Phase.REMOVE_LINKS, new RestoreStep.RemoveLink(kind, source, target(state)));
        }
    }

    private void planSingle(ObjectRef source, List<WantedState> wanted, Set<ObjectId> now, Draft draft) {
        Optional<ObjectId> current = now.stream().findFirst();
        Optional<WantedState> asked =
                wanted.stream().filter(state -> state.wanted().isPresent()).findFirst();
        if (asked.map(LinkPlanner::target).equals(current)) {
            return;
        }
        boolean known = current.isEmpty()
                || wanted.stream()
                        .anyMatch(state -> target(state).equals(current.get())
                                && state.latest().isPresent());
        if (!known && options.conflict() != RestoreOptions.Conflict.OVERWRITE) {
            wanted.stream()
                    .filter(state -> state.wanted().isPresent())
                    .forEach(state -> draft.open(
                            OpenPoint.of(OpenPoint.Why.CONFLICT, state.recordedKey(), "", "was changed again since")));
            return;
        }
        if (asked.isPresent()) {
            if (ends.isGone(target(asked.get()))) {
                draft.open(targetGone(asked.get()));
            } else {
                draft.add(
                        Phase.ADD_LINKS, new RestoreStep.SetManager(source, target(asked.get()), current.orElse(null)));
            }
        } else if (current.isPresent()) {
            draft.add(Phase.REMOVE_LINKS, new RestoreStep.RemoveManager(source, current.get()));
        }
    }

    private static OpenPoint targetGone(WantedState state) {
        return OpenPoint.of(
                OpenPoint.Why.UNRESTORABLE,
                state.recordedKey(),
                "",
                "what it leads to is deleted and does not come back");
    }

    private boolean isNew(ObjectId target) {
        return ends.properties(target)
                .findString("createdDateTime")
                .map(text -> {
                    try {
                        return Instant.parse(text).isAfter(baseline);
                    } catch (DateTimeParseException e) {
                        return false;
                    }
                })
                .orElse(false);
    }

    private static ObjectId target(WantedState state) {
        return state.link().map(Link::target).orElseThrow();
    }
}
