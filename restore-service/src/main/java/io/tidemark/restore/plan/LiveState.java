package io.tidemark.restore.plan;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the planner knows of the tenant as it is.
 *
 * @param objects where each wanted object and each end of a wanted link is
 * @param targets the targets of each relation of each source that is there
 * @param referrers objects that may speak of an object that has to be created anew
 */
public record LiveState(
        Map<ObjectRef, LiveObject> objects,
        Map<LinkKind, Map<ObjectId, Set<ObjectId>>> targets,
        Map<ObjectRef, JsonObject> referrers) {

    public LiveState {
        objects = Map.copyOf(objects);
        targets = Map.copyOf(targets);
        referrers = Map.copyOf(referrers);
    }

    LiveObject at(ObjectRef object) {
        return objects.getOrDefault(object, LiveObject.GONE);
    }

    Set<ObjectId> targets(LinkKind kind, ObjectId source) {
        return targets.getOrDefault(kind, Map.of()).getOrDefault(source, Set.of());
    }

    Optional<JsonObject> properties(ObjectRef object) {
        LiveObject live = at(object);
        if (live instanceof LiveObject.Present present) {
            return Optional.of(present.properties());
        }
        return live instanceof LiveObject.Binned binned ? Optional.of(binned.properties()) : Optional.empty();
    }
}
