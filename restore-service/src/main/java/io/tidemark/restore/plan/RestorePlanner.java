package io.tidemark.restore.plan;

import io.tidemark.contracts.RestoreCommand;
import io.tidemark.contracts.RestoreOptions;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns wanted and live states into ordered steps: the fewest Graph writes that take the tenant back. */
public final class RestorePlanner {

    private RestorePlanner() {}

    /**
     * Plans a restore.
     *
     * @param command what was asked for
     * @param baseline the instant that the baseline stands for
     * @param asked every selected state that differs, in the ids that things have now
     * @param live the tenant as it is, as far as the wanted states speak of it
     */
    public static RestorePlan plan(RestoreCommand command, Instant baseline, List<WantedState> asked, LiveState live) {
        SelectionFilter filter = SelectionFilter.of(command.selection());
        List<WantedState> wanted = restorable(asked);
        Map<ObjectRef, Fate> fates = fates(command, wanted, live, filter);
        IdMap pending = pendingIds(wanted, fates);
        Draft draft = new Draft();
        planObjects(command.options(), filter, wanted, live, fates, pending, draft);
        planLinks(command.options(), baseline, filter, wanted, live, fates, draft);
        refuse(asked, filter, draft);
        return numbered(command, draft);
    }

    /** The old ids that will not be any more once the objects have been created anew. */
    public static IdMap pendingIds(RestoreCommand command, List<WantedState> asked, LiveState live) {
        List<WantedState> wanted = restorable(asked);
        return pendingIds(wanted, fates(command, wanted, live, SelectionFilter.of(command.selection())));
    }

    private static List<WantedState> restorable(List<WantedState> asked) {
        return asked.stream().filter(state -> state.unrestorable().isEmpty()).toList();
    }

    /** Lists what no restore can put back, each with its reason. */
    private static void refuse(List<WantedState> asked, SelectionFilter filter, Draft draft) {
        for (WantedState state : asked) {
            boolean selected = state.link()
                    .map(link -> filter.selectsLink(link.kind()))
                    .orElseGet(
                            () -> filter.wholeObjects() || !filter.properties().isEmpty());
            if (selected) {
                state.unrestorable()
                        .ifPresent(reason ->
                                draft.open(OpenPoint.of(OpenPoint.Why.UNRESTORABLE, state.recordedKey(), "", reason)));
            }
        }
    }

    private static Map<ObjectRef, Fate> fates(
            RestoreCommand command, List<WantedState> wanted, LiveState live, SelectionFilter filter) {
        Map<ObjectRef, Fate> fates = new LinkedHashMap<>();
        Set<String> lostApplications = new HashSet<>();
        for (WantedState state : wanted) {
            state.object().ifPresent(object -> {
                Fate fate = Fate.of(state, live.at(object), command.options(), filter);
                fates.put(object, fate);
                if (object.kind() == ObjectKind.APPLICATION && (fate == Fate.CREATE || fate == Fate.LOST)) {
                    body(state).findString("appId").ifPresent(lostApplications::add);
                }
            });
        }
        // A service principal cannot leave the recycle bin without its application: it is made for the new one instead.
        for (WantedState state : wanted) {
            state.object()
                    .filter(object -> object.kind() == ObjectKind.SERVICE_PRINCIPAL
                            && fates.get(object) == Fate.UNDELETE
                            && lostApplications.contains(
                                    body(state).findString("appId").orElse("")))
                    .ifPresent(object -> fates.put(object, command.options().recreate() ? Fate.CREATE : Fate.LOST));
        }
        return fates;
    }

    private static IdMap pendingIds(List<WantedState> wanted, Map<ObjectRef, Fate> fates) {
        Set<String> ids = new HashSet<>();
        for (WantedState state : wanted) {
            state.object().filter(object -> fates.get(object) == Fate.CREATE).ifPresent(object -> {
                ids.add(object.id().value());
                if (object.kind() == ObjectKind.APPLICATION) {
                    body(state).findString("appId").ifPresent(ids::add);
                }
            });
        }
        return IdMap.of(ids);
    }

    private static void planObjects(
            RestoreOptions options,
            SelectionFilter filter,
            List<WantedState> wanted,
            LiveState live,
            Map<ObjectRef, Fate> fates,
            IdMap pending,
            Draft draft) {
        ObjectPlanner planner = new ObjectPlanner(options, filter, pending);
        for (WantedState state : wanted) {
            state.object().ifPresent(object -> {
                Fate fate = fates.getOrDefault(object, Fate.NONE);
                planner.plan(state, fate, live.at(object), draft);
            });
        }
        if (pending.isEmpty()) {
            return;
        }
        Map<ObjectRef, Set<String>> sent = new HashMap<>();
        draft.entries()
                .forEach(entry -> sent.computeIfAbsent(entry.step().object(), ref -> new HashSet<>())
                        .addAll(entry.step().paths()));
        live.referrers()
                .forEach((object, properties) ->
                        planner.follow(object, properties, sent.getOrDefault(object, Set.of()), draft));
    }

    private static void planLinks(
            RestoreOptions options,
            Instant baseline,
            SelectionFilter filter,
            List<WantedState> wanted,
            LiveState live,
            Map<ObjectRef, Fate> fates,
            Draft draft) {
        Map<ObjectRef, JsonObject> recorded = new HashMap<>();
        Map<LinkKind, Map<String, List<WantedState>>> bySource = new TreeMap<>();
        for (WantedState state : wanted) {
            state.object().ifPresent(object -> recorded.put(object, body(state)));
            state.link()
                    .filter(link -> filter.selectsLink(link.kind()))
                    .ifPresent(link -> bySource.computeIfAbsent(link.kind(), kind -> new TreeMap<>())
                            .computeIfAbsent(link.source().value(), source -> new ArrayList<>())
                            .add(state));
        }
        LinkPlanner planner = new LinkPlanner(new Ends(live, fates, recorded), live, options, baseline);
        bySource.forEach((kind, sources) ->
                sources.forEach((source, states) -> planner.plan(kind, new ObjectId(source), states, draft)));
    }

    private static RestorePlan numbered(RestoreCommand command, Draft draft) {
        List<Draft.Entry> entries = new ArrayList<>(draft.entries());
        entries.sort(Comparator.comparing(Draft.Entry::phase)
                .thenComparing(RestorePlanner::order)
                .thenComparing(entry -> entry.step().object().key())
                .thenComparing(entry -> entry.step().key()));
        List<PlannedStep> steps = new ArrayList<>(entries.size());
        int stage = -1;
        String current = "";
        for (Draft.Entry entry : entries) {
            String rank = entry.phase().name() + "/" + stageOrder(entry);
            if (!rank.equals(current)) {
                stage++;
                current = rank;
            }
            steps.add(new PlannedStep(steps.size(), stage, stepId(command, entry.step()), entry.step(), null));
        }
        return new RestorePlan(steps, draft.open());
    }

    private static int order(Draft.Entry entry) {
        int order = Catalogue.of(entry.step().object().kind()).restoreOrder();
        return entry.phase() == Phase.DELETE ? -order : order;
    }

    /** Creations and undeletions of one kind end before those of the next start; elsewhere the order does not matter. */
    private static int stageOrder(Draft.Entry entry) {
        return switch (entry.phase()) {
            case UNDELETE, CREATE, DELETE -> order(entry);
            case PREPARE, PATCH, ADD_LINKS, REMOVE_LINKS, ROLES, UNDELETE_POLICIES, POLICIES -> 0;
        };
    }

    private static String stepId(RestoreCommand command, RestoreStep step) {
        String target = ContentHash.of(StepText.text(step).getBytes(StandardCharsets.UTF_8))
                .hex();
        String text = String.join(
                "\u001f",
                command.commandId(),
                command.tenantId(),
                step.object().kind().word(),
                step.object().id().value(),
                step.operation(),
                String.join(",", step.paths()),
                target);
        return ContentHash.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static JsonObject body(WantedState state) {
        return state.body() == null ? JsonObject.EMPTY : state.body();
    }
}
