package io.tidemark.restore;

import io.tidemark.directory.DirectoryObject;
import io.tidemark.directory.Link;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.comparison.TenantState;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.directory.json.JsonString;
import io.tidemark.restore.plan.Presence;
import io.tidemark.restore.plan.WantedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All objects and links of a tenant at one moment. */
public record Recording(Instant at, List<DirectoryObject> objects, Set<Link> links, Map<ObjectId, ObjectKind> kinds) {

    /** The same for comparison. */
    public TenantState state() {
        return TenantState.of(objects, links);
    }

    /** What is wanted to get from a later recording back to this one, as history would tell it. */
    public List<WantedState> wantedSince(Recording later) {
        Map<StateKey, JsonObject> before = bodies();
        Map<StateKey, JsonObject> after = later.bodies();
        TreeSet<StateKey> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<WantedState> wanted = new ArrayList<>();
        for (StateKey key : keys) {
            JsonObject then = before.get(key);
            JsonObject now = after.get(key);
            if (then == null) {
                wanted.add(WantedState.absent(key, Presence.PRESENT));
            } else if (now == null) {
                wanted.add(WantedState.present(key, then, Presence.HARD_DELETED, null));
            } else if (!hash(key, then).equals(hash(key, now))) {
                wanted.add(WantedState.present(key, then, Presence.PRESENT, hash(key, now)));
            }
        }
        return wanted;
    }

    private static String hash(StateKey key, JsonObject body) {
        return key.isLink()
                ? key.text()
                : Canonicaliser.hash(ObjectKind.parse(key.type()), body).hex();
    }

    private Map<StateKey, JsonObject> bodies() {
        Map<StateKey, JsonObject> bodies = new HashMap<>();
        objects.forEach(object -> bodies.put(object.ref().key(), object.properties()));
        links.forEach(link -> {
            ObjectKind kind = kinds.get(link.target());
            JsonObject body = kind == null
                    ? JsonObject.EMPTY
                    : JsonObject.EMPTY.with("targetType", new JsonString("#microsoft.graph." + kind.word()));
            bodies.put(link.key(), body);
        });
        return bodies;
    }
}
