package io.tidemark.restore.work;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.restore.execute.Translation;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepState;
import io.tidemark.restore.plan.IdMap;
import io.tidemark.restore.plan.Presence;
import io.tidemark.restore.plan.RestoreStep;
import io.tidemark.restore.plan.WantedState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The states before a restore, of just what the restore wrote: what an undo wants back. */
final class Undo {

    private final Map<StateKey, WantedState> wanted = new LinkedHashMap<>();

    private Undo() {}

    /** What was so before these steps were carried out. */
    static List<WantedState> of(List<StepEntry> steps, IdMap ids) {
        Undo undo = new Undo();
        for (StepEntry entry : steps) {
            if (wasWritten(entry.state())) {
                undo.reverse(Translation.follow(entry.written(), ids), entry);
            }
        }
        return new ArrayList<>(undo.wanted.values());
    }

    private static boolean wasWritten(StepState state) {
        return switch (state) {
            case OBSERVED, VERIFIED, NOT_SHOWN, SENT, UNKNOWN -> true;
            case PENDING, INTENT, ALREADY_EQUAL, CONFLICT, BLOCKED, FAILED, CANCELED -> false;
        };
    }

    private void reverse(RestoreStep step, StepEntry entry) {
        if (step instanceof RestoreStep.PatchProperties patch) {
            patch(patch);
        } else if (step instanceof RestoreStep.Undelete) {
            absent(step.object().key());
        } else if (step instanceof RestoreStep.Create) {
            if (entry.newId() != null) {
                absent(ObjectRef.of(step.object().kind(), entry.newId()).key());
            }
        } else if (step instanceof RestoreStep.SoftDelete) {
            put(state(step.object().key(), Presence.PRESENT, JsonObject.EMPTY, Presence.SOFT_DELETED, null, Set.of()));
        } else if (step instanceof RestoreStep.AddLinks links) {
            links.targets().forEach(target -> absent(new Link(links.kind(), links.source(), target).key()));
        } else if (step instanceof RestoreStep.RemoveLink link) {
            present(new Link(link.kind(), link.source(), link.target()).key());
        } else {
            manager(step);
        }
    }

    private void patch(RestoreStep.PatchProperties patch) {
        StateKey key = patch.object().key();
        WantedState earlier = wanted.get(key);
        if (earlier != null && !earlier.wanted().isPresent()) {
            return;
        }
        JsonObject before = earlier == null || earlier.body() == null ? JsonObject.EMPTY : earlier.body();
        JsonObject written = earlier == null || earlier.latestBody() == null ? JsonObject.EMPTY : earlier.latestBody();
        for (String name : patch.patch().names()) {
            if (!name.startsWith("@")) {
                JsonObject first = before;
                before = first.find(name).isPresent()
                        ? first
                        : patch.before()
                                .find(name)
                                .map(value -> first.with(name, value))
                                .orElse(first);
                written = written.with(
                        name, patch.patch().members().getOrDefault(name, io.tidemark.directory.json.JsonNull.NULL));
            }
        }
        put(state(key, Presence.PRESENT, before, Presence.PRESENT, written, before.names()));
    }

    private void manager(RestoreStep step) {
        ObjectId user = step.object().id();
        @Nullable
        ObjectId before =
                step instanceof RestoreStep.SetManager set ? set.before() : ((RestoreStep.RemoveManager) step).before();
        if (step instanceof RestoreStep.SetManager set) {
            absent(new Link(LinkKind.USER_MANAGER, user, set.manager()).key());
        }
        if (before != null) {
            present(new Link(LinkKind.USER_MANAGER, user, before).key());
        }
    }

    private void absent(StateKey key) {
        put(state(key, Presence.NEVER, null, Presence.PRESENT, null, Set.of()));
    }

    private void present(StateKey key) {
        put(state(key, Presence.PRESENT, JsonObject.EMPTY, Presence.HARD_DELETED, null, Set.of()));
    }

    private void put(WantedState state) {
        wanted.put(state.key(), state);
    }

    private static WantedState state(
            StateKey key,
            Presence then,
            @Nullable JsonObject body,
            Presence latest,
            @Nullable JsonObject written,
            Set<String> paths) {
        return new WantedState(key, key, then, body, latest, null, written, paths);
    }
}
