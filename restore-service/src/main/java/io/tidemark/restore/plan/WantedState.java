package io.tidemark.restore.plan;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.catalogue.Catalogue;
import io.tidemark.directory.catalogue.Restorability;
import io.tidemark.directory.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one object or link was at the baseline, and how history last saw it.
 *
 * @param key the object or link, by the ids it has now
 * @param recordedKey the same by the ids that the baseline knows; differs only after something was created anew
 * @param wanted whether it was there at the baseline
 * @param body its properties then; null unless it was there
 * @param latest whether it was there when history last saw it
 * @param latestHash the content hash that history saw last; null if unknown
 * @param latestBody its properties when history last saw them; null where the hash already tells enough
 * @param paths the only properties that are wanted back; empty: all
 */
public record WantedState(
        StateKey key,
        StateKey recordedKey,
        Presence wanted,
        @Nullable JsonObject body,
        Presence latest,
        @Nullable String latestHash,
        @Nullable JsonObject latestBody,
        Set<String> paths) {

    public WantedState {
        paths = Set.copyOf(paths);
    }

    public static WantedState present(StateKey key, JsonObject body, Presence latest, @Nullable String latestHash) {
        return new WantedState(key, key, Presence.PRESENT, body, latest, latestHash, null, Set.of());
    }

    public static WantedState absent(StateKey key, Presence latest) {
        return new WantedState(key, key, Presence.NEVER, null, latest, null, null, Set.of());
    }

    /** The object that this is about; empty if it is about a link. */
    public Optional<ObjectRef> object() {
        return key.isLink() ? Optional.empty() : Optional.of(ObjectRef.of(ObjectKind.parse(key.type()), key.id()));
    }

    /** The link that this is about; empty if it is about an object. */
    public Optional<Link> link() {
        return key.isLink() ? Optional.of(Link.parse(key)) : Optional.empty();
    }

    /** Why this cannot be put back whatever the tenant is like; empty if it can. */
    public Optional<String> unrestorable() {
        Restorability restorability = key.isLink()
                ? Catalogue.of(LinkKind.parse(key.type())).restorability()
                : Catalogue.of(ObjectKind.parse(key.type())).restorability();
        return restorability.isRestorable() ? Optional.empty() : Optional.of(restorability.reason());
    }

    public WantedState withLatestBody(JsonObject seen) {
        return new WantedState(key, recordedKey, wanted, body, latest, latestHash, seen, paths);
    }

    /** The same in the ids that things have now. */
    public WantedState following(IdMap ids) {
        if (ids.isEmpty()) {
            return this;
        }
        return new WantedState(
                ids.follow(key),
                recordedKey,
                wanted,
                body == null ? null : ids.follow(body),
                latest,
                latestHash,
                latestBody == null ? null : ids.follow(latestBody),
                paths);
    }

    @Override
    public String toString() {
        return "WantedState[" + key + " " + wanted + "]";
    }
}
