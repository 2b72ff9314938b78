package io.tidemark.restore.verify;

import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.contracts.RestoreState;
import io.tidemark.directory.StateKey;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepState;
import io.tidemark.restore.plan.IdMap;
import io.tidemark.restore.plan.LiveState;
import io.tidemark.restore.plan.OpenPoint;
import io.tidemark.restore.plan.PlannedStep;
import io.tidemark.restore.plan.RestorePlan;
import io.tidemark.restore.plan.RestorePlanner;
import io.tidemark.restore.plan.RestoreStep;
import io.tidemark.restore.plan.WantedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was wanted with what is there after a restore.
 *
 * @param leftovers everything that is not as it was, each with its reason
 * @param state what the restore has come to
 */
public record Comparison(List<OpenPoint> leftovers, RestoreState state) {

    public Comparison {
        leftovers = List.copyOf(leftovers);
    }

    /**
     * Compares.
     *
     * @param wanted what was wanted when the plan was made, in the baseline's ids
     * @param live the tenant as it is now
     * @param ids new ids of what was created anew
     * @param announced what the plan said would stay open
     * @param steps the steps as they ended
     */
    public static Comparison of(
            RestoreCommand command,
            Instant baseline,
            List<WantedState> wanted,
            LiveState live,
            IdMap ids,
            List<OpenPoint> announced,
            List<StepEntry> steps) {
        List<WantedState> now =
                wanted.stream().map(state -> state.following(ids)).toList();
        RestorePlan rest = RestorePlanner.plan(overwriting(command), baseline, now, live);
        Map<String, String> old = new HashMap<>();
        ids.ids().forEach((before, after) -> old.put(after, before));
        IdMap back = new IdMap(old);
        Map<String, OpenPoint> leftovers = new LinkedHashMap<>();
        Map<String, OpenPoint> expected = new HashMap<>();
        announced.forEach(point -> expected.put(place(point), point));
        Map<String, StepEntry> ended = endedBadly(steps);
        for (PlannedStep planned : rest.steps()) {
            for (OpenPoint point : points(planned.step(), back)) {
                leftovers.put(exact(point), explained(point, expected.get(place(point)), ended.get(place(point))));
            }
        }
        rest.open().forEach(point -> leftovers.putIfAbsent(exact(point), point));
        announced.stream().filter(Comparison::staysTrue).forEach(point -> leftovers.putIfAbsent(exact(point), point));
        followed(now, leftovers);
        List<OpenPoint> all = List.copyOf(leftovers.values());
        return new Comparison(all, state(all, expected.keySet(), steps));
    }

    private static RestoreState state(List<OpenPoint> leftovers, Set<String> expected, List<StepEntry> steps) {
        boolean allAnnounced =
                leftovers.stream().allMatch(point -> isHarmless(point) || expected.contains(place(point)));
        boolean allTook = steps.stream()
                .noneMatch(step -> step.state() == StepState.FAILED || step.state() == StepState.NOT_SHOWN);
        if (!allAnnounced || !allTook) {
            return RestoreState.PARTIALLY_FAILED;
        }
        return leftovers.isEmpty() ? RestoreState.COMPLETED : RestoreState.COMPLETED_WITH_WARNINGS;
    }

    private static boolean isHarmless(OpenPoint point) {
        return point.why() == OpenPoint.Why.NEW_ID
                || point.why() == OpenPoint.Why.FOLLOWS
                || point.why() == OpenPoint.Why.KEPT;
    }

    /** Points that a comparison of wanted and live states cannot show. */
    private static boolean staysTrue(OpenPoint point) {
        return point.why() == OpenPoint.Why.NEW_ID || point.why() == OpenPoint.Why.MANUAL;
    }

    private static OpenPoint explained(OpenPoint point, @Nullable OpenPoint announced, @Nullable StepEntry ended) {
        if (announced != null) {
            return announced;
        }
        if (ended != null && ended.reason() != null) {
            OpenPoint.Why why = switch (ended.state()) {
                case CONFLICT -> OpenPoint.Why.CONFLICT;
                case BLOCKED -> OpenPoint.Why.BLOCKED;
                default -> OpenPoint.Why.FAILED;
            };
            return new OpenPoint(why, point.type(), point.id(), point.path(), ended.reason());
        }
        return point;
    }

    /** Links of what was created anew are there, but between other ids than the baseline knows. */
    private static void followed(List<WantedState> wanted, Map<String, OpenPoint> leftovers) {
        for (WantedState state : wanted) {
            boolean moved = !state.key().equals(state.recordedKey());
            if (moved && state.key().isLink() && state.wanted().isPresent()) {
                StateKey key = state.recordedKey();
                OpenPoint point =
                        new OpenPoint(OpenPoint.Why.NEW_ID, key.type(), key.id(), "", "is there between the new ids");
                leftovers.putIfAbsent(exact(point), point);
            }
        }
    }

    private static Map<String, StepEntry> endedBadly(List<StepEntry> steps) {
        Map<String, StepEntry> ended = new HashMap<>();
        for (StepEntry entry : steps) {
            if (entry.reason() != null) {
                points(entry.step(), IdMap.EMPTY).forEach(point -> ended.put(place(point), entry));
            }
        }
        return ended;
    }

    private static List<OpenPoint> points(RestoreStep step, IdMap back) {
        List<OpenPoint> points = new ArrayList<>();
        if (step instanceof RestoreStep.AddLinks links) {
            links.targets()
                    .forEach(target -> points.add(missing(
                            back.follow(new StateKey(links.kind().word(), links.source() + "~" + target)), "")));
        } else if (step instanceof RestoreStep.PatchProperties patch) {
            patch.paths().stream()
                    .filter(path -> !path.startsWith("@"))
                    .forEach(path -> points.add(missing(back.follow(step.key()), path)));
        } else {
            points.add(missing(back.follow(step.key()), ""));
        }
        return points;
    }

    private static OpenPoint missing(StateKey key, String path) {
        return new OpenPoint(OpenPoint.Why.FAILED, key.type(), key.id(), path, "is not as it was");
    }

    private static String exact(OpenPoint point) {
        return point.type() + "|" + point.id() + "|" + point.path();
    }

    /** Properties are told apart by their first part: that is what is written. */
    private static String place(OpenPoint point) {
        int slash = point.path().indexOf('/');
        return point.type() + "|" + point.id() + "|"
                + (slash < 0 ? point.path() : point.path().substring(0, slash));
    }

    private static RestoreCommand overwriting(RestoreCommand command) {
        RestoreOptions options = command.options();
        return new RestoreCommand(
                command.tenantId(),
                command.commandId(),
                command.requestedBy(),
                command.reason(),
                command.baseline(),
                command.selection(),
                new RestoreOptions(
                        options.created(),
                        RestoreOptions.Conflict.OVERWRITE,
                        options.conditionalAccessState(),
                        options.recreate(),
                        options.maxObjects()),
                command.expiresAt());
    }

    /** The leftovers that the plan had not announced. */
    public List<OpenPoint> unannounced(List<OpenPoint> announced) {
        Set<String> expected = announced.stream().map(Comparison::place).collect(Collectors.toSet());
        return leftovers.stream()
                .filter(point -> !isHarmless(point) && !expected.contains(place(point)))
                .toList();
    }
}
