package io.tidemark.restore.verify;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.restore.execute.Translation;
import io.tidemark.restore.journal.StepEntry;
import io.tidemark.restore.journal.StepState;
import io.tidemark.restore.journal.StepStore;
import io.tidemark.restore.journal.StepStore.Move;
import io.tidemark.restore.journal.Tenure;
import io.tidemark.restore.plan.IdMap;
import io.tidemark.restore.plan.LiveTenant;
import io.tidemark.restore.plan.RestoreStep;
import io.tidemark.restore.plan.Shown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads back exactly what each step wrote until it shows often enough, or for too long does not. */
public final class StepVerifier {

    private static final int CHUNK = 500;

    private final StepStore journal;
    private final LiveTenant live;
    private final VerificationSettings settings;
    private final Clock clock;

    public StepVerifier(StepStore journal, LiveTenant live, VerificationSettings settings, Clock clock) {
        this.journal = journal;
        this.live = live;
        this.settings = settings;
        this.clock = clock;
    }

    /** Reads back the steps that Graph said were done. What an undo or a later step of the same restore overwrote is not looked for. */
    public void verify(List<StepEntry> entries, IdMap ids, Tenure tenure, Consumer<List<StepEntry>> watcher) {
        Map<StepEntry, Integer> waiting = new LinkedHashMap<>();
        lastOfEach(entries).forEach(entry -> waiting.put(entry, 0));
        Instant until = clock.instant().plus(settings.patience());
        while (!waiting.isEmpty()) {
            tenure.check();
            boolean late = clock.instant().isAfter(until);
            List<Move> moves = new ArrayList<>();
            for (List<StepEntry> chunk : chunks(new ArrayList<>(waiting.keySet()))) {
                look(chunk, ids, waiting, late, moves);
            }
            journal.move(moves);
            watcher.accept(moves.stream().map(Move::to).toList());
            if (!waiting.isEmpty()) {
                pause();
            }
        }
    }

    private void look(
            List<StepEntry> chunk, IdMap ids, Map<StepEntry, Integer> waiting, boolean late, List<Move> moves) {
        Map<StepEntry, RestoreStep> steps = new LinkedHashMap<>();
        chunk.forEach(entry -> steps.put(entry, Translation.follow(entry.written(), ids)));
        Sight sight = new Sight(steps.values(), ids);
        steps.forEach((entry, step) -> {
            int seen = sight.shows(step) ? waiting.getOrDefault(entry, 0) + 1 : 0;
            if (seen >= settings.reads()) {
                waiting.remove(entry);
                moves.add(new Move(entry, entry.to(StepState.VERIFIED, clock.instant())));
            } else if (late) {
                waiting.remove(entry);
                moves.add(new Move(
                        entry,
                        entry.because("what was written does not show").to(StepState.NOT_SHOWN, clock.instant())));
            } else {
                waiting.put(entry, seen);
            }
        });
    }

    /** A property that a later step of the same restore writes again is looked for only there. */
    private List<StepEntry> lastOfEach(List<StepEntry> entries) {
        List<StepEntry> last = new ArrayList<>();
        List<Move> overwritten = new ArrayList<>();
        Map<String, Integer> writers = new HashMap<>();
        for (StepEntry entry : entries) {
            if (entry.written() instanceof RestoreStep.PatchProperties patch) {
                patch.paths().forEach(path -> writers.merge(patch.object() + "/" + path, entry.number(), Math::max));
            }
        }
        for (StepEntry entry : entries) {
            if (entry.state() != StepState.OBSERVED) {
                continue;
            }
            boolean again = entry.written() instanceof RestoreStep.PatchProperties patch
                    && patch.paths().stream()
                            .anyMatch(path -> writers.getOrDefault(patch.object() + "/" + path, 0) > entry.number());
            if (again) {
                overwritten.add(new Move(entry, entry.to(StepState.VERIFIED, clock.instant())));
            } else {
                last.add(entry);
            }
        }
        journal.move(overwritten);
        return last;
    }

    private void pause() {
        Duration interval = settings.interval();
        try {
            Thread.sleep(interval.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading back", e);
        }
    }

    private static List<List<StepEntry>> chunks(List<StepEntry> entries) {
        List<List<StepEntry>> chunks = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += CHUNK) {
            chunks.add(entries.subList(from, Math.min(from + CHUNK, entries.size())));
        }
        return chunks;
    }

    /** What the tenant shows of some steps. */
    private final class Sight {

        private final IdMap ids;
        private final Map<ObjectRef, JsonObject> present;
        private final Map<LinkKind, Map<ObjectId, Set<ObjectId>>> targets = new EnumMap<>(LinkKind.class);

        Sight(Iterable<RestoreStep> steps, IdMap ids) {
            this.ids = ids;
            Set<ObjectRef> objects = new HashSet<>();
            Map<LinkKind, Set<ObjectId>> sources = new EnumMap<>(LinkKind.class);
            for (RestoreStep step : steps) {
                if (step instanceof RestoreStep.AddLinks links) {
                    add(sources, links.kind(), links.source());
                } else if (step instanceof RestoreStep.RemoveLink link) {
                    add(sources, link.kind(), link.source());
                } else if (step instanceof RestoreStep.SetManager || step instanceof RestoreStep.RemoveManager) {
                    add(sources, LinkKind.USER_MANAGER, step.object().id());
                } else {
                    objects.add(now(step.object()));
                }
            }
            this.present = objects.isEmpty() ? Map.of() : live.present(objects);
            sources.forEach((kind, sourceIds) -> targets.put(kind, live.targets(kind, sourceIds)));
        }

        boolean shows(RestoreStep step) {
            JsonObject object = present.get(now(step.object()));
            if (step instanceof RestoreStep.PatchProperties patch) {
                return object != null
                        && patch.patch().members().entrySet().stream()
                                .allMatch(member ->
                                        Shown.has(step.object().kind(), object, member.getKey(), member.getValue()));
            }
            if (step instanceof RestoreStep.Create create) {
                return object != null && Shown.hasAll(step.object().kind(), object, create.body());
            }
            if (step instanceof RestoreStep.Undelete) {
                return object != null;
            }
            if (step instanceof RestoreStep.SoftDelete) {
                return object == null;
            }
            return showsLinks(step);
        }

        private boolean showsLinks(RestoreStep step) {
            if (step instanceof RestoreStep.AddLinks links) {
                return of(links.kind(), links.source()).containsAll(links.targets());
            }
            if (step instanceof RestoreStep.RemoveLink link) {
                return !of(link.kind(), link.source()).contains(link.target());
            }
            Set<ObjectId> manager = of(LinkKind.USER_MANAGER, step.object().id());
            return step instanceof RestoreStep.SetManager set ? manager.contains(set.manager()) : manager.isEmpty();
        }

        private ObjectRef now(ObjectRef object) {
            return ObjectRef.of(object.kind(), ids.follow(object.id().value()));
        }

        private Set<ObjectId> of(LinkKind kind, ObjectId source) {
            return targets.getOrDefault(kind, Map.of()).getOrDefault(source, Set.of());
        }

        private static void add(Map<LinkKind, Set<ObjectId>> sources, LinkKind kind, ObjectId source) {
            sources.computeIfAbsent(kind, first -> new HashSet<>()).add(source);
        }
    }
}
