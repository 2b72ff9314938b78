package io.tidemark.restore.plan;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A tenant in a few maps that does what steps say: objects, recycle bin and links. */
final class ToyTenant {

    final Map<ObjectRef, JsonObject> objects = new LinkedHashMap<>();
    final Map<ObjectRef, JsonObject> bin = new LinkedHashMap<>();
    final Set<Link> links = new HashSet<>();
    final Map<String, String> newIds = new HashMap<>();

    ToyTenant copy() {
        ToyTenant copy = new ToyTenant();
        copy.objects.putAll(objects);
        copy.bin.putAll(bin);
        copy.links.addAll(links);
        return copy;
    }

    void delete(ObjectRef object) {
        JsonObject properties = objects.remove(object);
        if (properties != null) {
            bin.put(object, properties);
        }
        links.removeIf(link -> touches(link, object));
    }

    void purge(ObjectRef object) {
        delete(object);
        bin.remove(object);
    }

    void apply(RestorePlan plan) {
        for (PlannedStep planned : plan.sendable()) {
            apply(planned.step());
        }
    }

    private void apply(RestoreStep step) {
        IdMap ids = new IdMap(newIds);
        ObjectRef object =
                ObjectRef.of(step.object().kind(), ids.follow(step.object().id().value()));
        if (step instanceof RestoreStep.PatchProperties patch) {
            JsonObject state = objects.get(object);
            for (var member : ids.follow(patch.patch()).members().entrySet()) {
                state = state.with(member.getKey(), member.getValue());
            }
            objects.put(object, state);
        } else if (step instanceof RestoreStep.Undelete) {
            objects.put(object, bin.remove(object));
        } else if (step instanceof RestoreStep.Create create) {
            create(create, ids);
        } else if (step instanceof RestoreStep.SoftDelete) {
            delete(object);
        } else if (step instanceof RestoreStep.AddLinks add) {
            add.targets()
                    .forEach(target ->
                            links.add(new Link(add.kind(), object.id(), new ObjectId(ids.follow(target.value())))));
        } else if (step instanceof RestoreStep.RemoveLink remove) {
            links.remove(new Link(remove.kind(), object.id(), remove.target()));
        } else {
            links.removeIf(link ->
                    link.kind() == LinkKind.USER_MANAGER && link.source().equals(object.id()));
            if (step instanceof RestoreStep.SetManager set) {
                links.add(new Link(
                        LinkKind.USER_MANAGER,
                        object.id(),
                        new ObjectId(ids.follow(set.manager().value()))));
            }
        }
    }

    private void create(RestoreStep.Create create, IdMap ids) {
        String newId = "new-" + create.object().id();
        newIds.put(create.object().id().value(), newId);
        JsonObject body = ids.follow(create.body()).with("id", new JsonString(newId));
        if (create.appId() != null) {
            newIds.put(create.appId(), "new-" + create.appId());
            body = body.with("appId", new JsonString("new-" + create.appId()));
        }
        objects.put(
                ObjectRef.of(create.object().kind(), newId),
                Canonicaliser.completed(create.object().kind(), body));
    }

    /** What history would tell of the way from a later state back to this one. */
    List<WantedState> wantedSince(ToyTenant later) {
        List<WantedState> wanted = new ArrayList<>();
        TreeSet<StateKey> keys = new TreeSet<>();
        objects.keySet().forEach(object -> keys.add(object.key()));
        later.objects.keySet().forEach(object -> keys.add(object.key()));
        for (StateKey key : keys) {
            ObjectRef object = ObjectRef.of(ObjectKind.parse(key.type()), key.id());
            JsonObject then = objects.get(object);
            JsonObject now = later.objects.get(object);
            if (then == null) {
                wanted.add(WantedState.absent(key, Presence.PRESENT));
            } else if (!then.equals(now)) {
                Presence latest = now == null ? Presence.HARD_DELETED : Presence.PRESENT;
                wanted.add(WantedState.present(key, then, latest, null));
            }
        }
        for (Link link : links) {
            if (!later.links.contains(link)) {
                wanted.add(WantedState.present(link.key(), JsonObject.EMPTY, Presence.HARD_DELETED, null));
            }
        }
        for (Link link : later.links) {
            if (!links.contains(link)) {
                wanted.add(WantedState.absent(link.key(), Presence.PRESENT));
            }
        }
        return wanted;
    }

    LiveState live() {
        Map<ObjectRef, LiveObject> states = new HashMap<>();
        objects.forEach((object, properties) -> states.put(object, new LiveObject.Present(properties)));
        bin.forEach((object, properties) -> states.put(object, new LiveObject.Binned(properties)));
        Map<LinkKind, Map<ObjectId, Set<ObjectId>>> targets = new EnumMap<>(LinkKind.class);
        links.forEach(link -> targets.computeIfAbsent(link.kind(), kind -> new HashMap<>())
                .computeIfAbsent(link.source(), source -> new HashSet<>())
                .add(link.target()));
        return new LiveState(states, targets, objects);
    }

    private static boolean touches(Link link, ObjectRef object) {
        return link.target().equals(object.id()) || link.sourceRef().equals(object);
    }
}
