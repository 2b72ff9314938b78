package io.tidemark.restore.execute;

import io.tidemark.contracts.RestoreOptions;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonNull;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonValue;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepState;
import io.tidemark.restore.plan.IdMap;
import io.tidemark.restore.plan.LiveObject;
import io.tidemark.restore.plan.LiveTenant;
import io.tidemark.restore.plan.RestoreStep;
import io.tidemark.restore.plan.Shown;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at the tenant before a step is sent: whether it still is as the plan saw it, or already as the step wants it. */
final class StepCheck {

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final LiveTenant live;
    private final RestoreOptions.Conflict onConflict;

    StepCheck(LiveTenant live, RestoreOptions.Conflict onConflict) {
        this.live = live;
        this.onConflict = onConflict;
    }

    /** What the tenant says of each step, by the step's number. Reads once for all of them. */
    Map<Integer, Finding> look(List<StepEntry> entries, IdMap ids) {
        Map<StepEntry, RestoreStep> steps = new LinkedHashMap<>();
        entries.forEach(entry -> steps.put(entry, Translation.follow(entry.written(), ids)));
        Reads reads = new Reads(steps);
        Map<Integer, Finding> findings = new HashMap<>();
        steps.forEach((entry, step) -> findings.put(entry.number(), finding(entry, step, ids, reads)));
        return findings;
    }

    private Finding finding(StepEntry entry, RestoreStep step, IdMap ids, Reads reads) {
        if (step instanceof RestoreStep.PatchProperties patch) {
            return patch(entry, patch, reads);
        }
        if (step instanceof RestoreStep.Create create) {
            return create(entry, create, ids, reads);
        }
        if (step instanceof RestoreStep.Undelete undelete) {
            LiveObject state = reads.states.getOrDefault(undelete.object(), LiveObject.GONE);
            if (state instanceof LiveObject.Present) {
                return new Finding.Already();
            }
            return state instanceof LiveObject.Binned
                    ? send(step)
                    : new Finding.Missing("is not in the recycle bin any more");
        }
        if (step instanceof RestoreStep.SoftDelete) {
            return reads.present.containsKey(step.object()) ? send(step) : new Finding.Already();
        }
        return link(entry, step, reads);
    }

    private Finding link(StepEntry entry, RestoreStep step, Reads reads) {
        if (step instanceof RestoreStep.SetManager manager) {
            Set<ObjectId> now =
                    reads.targets(LinkKind.USER_MANAGER, manager.object().id());
            if (now.contains(manager.manager())) {
                return new Finding.Already();
            }
            return managerChanged(now, manager.before())
                    ? new Finding.Changed("manager was changed again")
                    : send(step);
        }
        if (step instanceof RestoreStep.RemoveManager manager) {
            Set<ObjectId> now =
                    reads.targets(LinkKind.USER_MANAGER, manager.object().id());
            if (now.isEmpty()) {
                return new Finding.Already();
            }
            return managerChanged(now, manager.before())
                    ? new Finding.Changed("manager was changed again")
                    : send(step);
        }
        if (step instanceof RestoreStep.AddLinks links && needsLook(entry, step)) {
            return remaining(entry, links, reads.targets(links.kind(), links.source()));
        }
        if (step instanceof RestoreStep.RemoveLink link && needsLook(entry, step)) {
            boolean there = reads.targets(link.kind(), link.source()).contains(link.target());
            return there ? send(step) : new Finding.Already();
        }
        return send(step);
    }

    private boolean managerChanged(Set<ObjectId> now, @org.jspecify.annotations.Nullable ObjectId before) {
        if (onConflict == RestoreOptions.Conflict.OVERWRITE || now.isEmpty()) {
            return false;
        }
        return before == null || !now.contains(before);
    }

    private static Finding remaining(StepEntry entry, RestoreStep.AddLinks links, Set<ObjectId> now) {
        if (!(entry.written() instanceof RestoreStep.AddLinks recorded)) {
            throw new IllegalStateException("step " + entry.number() + " does not add links");
        }
        List<ObjectId> missing = new ArrayList<>();
        List<ObjectId> missingAsRecorded = new ArrayList<>();
        for (int i = 0; i < links.targets().size(); i++) {
            if (!now.contains(links.targets().get(i))) {
                missing.add(links.targets().get(i));
                missingAsRecorded.add(recorded.targets().get(i));
            }
        }
        if (missing.isEmpty()) {
            return new Finding.Already();
        }
        if (missing.size() == links.targets().size()) {
            return send(links);
        }
        return new Finding.Send(
                new RestoreStep.AddLinks(links.kind(), links.source(), missing, links.reading()),
                new RestoreStep.AddLinks(recorded.kind(), recorded.source(), missingAsRecorded, recorded.reading()),
                null);
    }

    private Finding patch(StepEntry entry, RestoreStep.PatchProperties patch, Reads reads) {
        JsonObject object = reads.present.get(patch.object());
        if (object == null) {
            return new Finding.Missing("is not there");
        }
        ObjectKind kind = patch.object().kind();
        Map<String, JsonValue> kept = new LinkedHashMap<>();
        List<String> changed = new ArrayList<>();
        boolean differs = false;
        for (Map.Entry<String, JsonValue> member : patch.patch().members().entrySet()) {
            String name = member.getKey();
            boolean already = Shown.has(kind, object, name, member.getValue());
            boolean asPlanned = already
                    || name.startsWith("@")
                    || Shown.same(
                            kind,
                            name,
                            patch.before().find(name).orElse(JsonNull.NULL),
                            object.find(name).orElse(JsonNull.NULL));
            if (!asPlanned && onConflict != RestoreOptions.Conflict.OVERWRITE) {
                changed.add(name);
            } else {
                kept.put(name, member.getValue());
                differs |= !already;
            }
        }
        if (!differs) {
            return changed.isEmpty() ? new Finding.Already() : new Finding.Changed(again(changed));
        }
        return changed.isEmpty() ? send(patch) : less(entry, patch, kept, changed);
    }

    private static Finding less(
            StepEntry entry, RestoreStep.PatchProperties patch, Map<String, JsonValue> kept, List<String> changed) {
        if (!(entry.written() instanceof RestoreStep.PatchProperties recorded)) {
            throw new IllegalStateException("step " + entry.number() + " does not set properties");
        }
        JsonObject narrowed = recorded.patch();
        for (String name : changed) {
            narrowed = narrowed.without(name);
        }
        return new Finding.Send(
                new RestoreStep.PatchProperties(patch.object(), new JsonObject(kept), patch.before()),
                new RestoreStep.PatchProperties(recorded.object(), narrowed, recorded.before()),
                again(changed));
    }

    private static String again(List<String> changed) {
        return String.join(", ", changed) + " was changed again";
    }

    private Finding create(StepEntry entry, RestoreStep.Create create, IdMap ids, Reads reads) {
        if (reads.present.containsKey(create.object())) {
            return new Finding.Changed("is there again under its old id");
        }
        boolean mayHaveBeenSent = entry.state() == StepState.UNKNOWN || entry.state() == StepState.SENT;
        if (!mayHaveBeenSent) {
            return send(create);
        }
        Instant since = entry.sentAt() == null ? Instant.EPOCH : entry.sentAt().minus(CLOCK_SKEW);
        Set<String> taken = new HashSet<>(ids.ids().values());
        for (Map.Entry<ObjectRef, JsonObject> alike :
                live.alike(create.object().kind(), create.body()).entrySet()) {
            JsonObject object = alike.getValue();
            if (!taken.contains(alike.getKey().id().value())
                    && !isOlder(object, since)
                    && Shown.hasAll(create.object().kind(), object, create.body())) {
                return new Finding.Found(
                        alike.getKey().id().value(), object.findString("appId").orElse(null));
            }
        }
        return send(create);
    }

    private static boolean isOlder(JsonObject object, Instant since) {
        try {
            return object.findString("createdDateTime")
                    .map(Instant::parse)
                    .map(created -> created.isBefore(since))
                    .orElse(false);
        } catch (DateTimeParseException e) {
            return true;
        }
    }

    private static Finding send(RestoreStep step) {
        return new Finding.Send(step, null, null);
    }

    /** Links are looked at only where something may already have been done: the plan has just read them. */
    private static boolean needsLook(StepEntry entry, RestoreStep step) {
        boolean reading =
                step instanceof RestoreStep.AddLinks links && links.reading() == RestoreStep.AddLinks.Reading.FIRST;
        return reading || entry.attempts() > 0;
    }

    /** What has to be read for a batch of steps, read at once. */
    private final class Reads {

        private final Map<ObjectRef, JsonObject> present;
        private final Map<ObjectRef, LiveObject> states;
        private final Map<LinkKind, Map<ObjectId, Set<ObjectId>>> targets = new EnumMap<>(LinkKind.class);

        Reads(Map<StepEntry, RestoreStep> steps) {
            Set<ObjectRef> objects = new HashSet<>();
            Set<ObjectRef> binned = new HashSet<>();
            Map<LinkKind, Set<ObjectId>> sources = new EnumMap<>(LinkKind.class);
            steps.forEach((entry, step) -> {
                if (step instanceof RestoreStep.Undelete) {
                    binned.add(step.object());
                } else if (step instanceof RestoreStep.SetManager || step instanceof RestoreStep.RemoveManager) {
                    add(sources, LinkKind.USER_MANAGER, step.object().id());
                } else if (step instanceof RestoreStep.AddLinks links) {
                    if (needsLook(entry, step)) {
                        add(sources, links.kind(), links.source());
                    }
                } else if (step instanceof RestoreStep.RemoveLink link) {
                    if (needsLook(entry, step)) {
                        add(sources, link.kind(), link.source());
                    }
                } else {
                    objects.add(step.object());
                }
            });
            this.present = objects.isEmpty() ? Map.of() : live.present(objects);
            this.states = binned.isEmpty() ? Map.of() : live.read(binned);
            sources.forEach((kind, ids) -> targets.put(kind, live.targets(kind, ids)));
        }

        Set<ObjectId> targets(LinkKind kind, ObjectId source) {
            return targets.getOrDefault(kind, Map.of()).getOrDefault(source, Set.of());
        }

        private static void add(Map<LinkKind, Set<ObjectId>> sources, LinkKind kind, ObjectId source) {
            sources.computeIfAbsent(kind, first -> new HashSet<>()).add(source);
        }
    }
}
