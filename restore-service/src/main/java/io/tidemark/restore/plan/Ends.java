package io.tidemark.restore.plan;

import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Where the ends of links will be once the objects have been put right. */
final class Ends {

    private final LiveState live;
    private final Map<ObjectRef, Fate> fates;
    private final Map<ObjectRef, JsonObject> recorded;
    private final Map<ObjectId, ObjectRef> refs = new HashMap<>();

    Ends(LiveState live, Map<ObjectRef, Fate> fates, Map<ObjectRef, JsonObject> recorded) {
        this.live = live;
        this.fates = fates;
        this.recorded = recorded;
        live.objects().keySet().forEach(ref -> refs.put(ref.id(), ref));
        fates.keySet().forEach(ref -> refs.put(ref.id(), ref));
    }

    boolean isThere(ObjectRef object) {
        Fate fate = fates.get(object);
        if (fate != null) {
            return fate.isThereAfterwards();
        }
        return live.at(object) instanceof LiveObject.Present;
    }

    /** Whether the object is known not to be there afterwards. Of kinds that are not captured nothing is known. */
    boolean isGone(ObjectId id) {
        ObjectRef ref = refs.get(id);
        return ref != null && !isThere(ref);
    }

    /** Whether the object comes out of the recycle bin, and its links with it. */
    boolean comesBack(ObjectRef object) {
        return fates.get(object) == Fate.UNDELETE;
    }

    boolean comesBack(ObjectId id) {
        ObjectRef ref = refs.get(id);
        return ref != null && comesBack(ref);
    }

    JsonObject properties(ObjectRef object) {
        return live.properties(object).orElseGet(() -> recorded.getOrDefault(object, JsonObject.EMPTY));
    }

    JsonObject properties(ObjectId id) {
        ObjectRef ref = refs.get(id);
        return ref == null ? JsonObject.EMPTY : properties(ref);
    }
}
