package io.tidemark.snapshot.capture;

import io.tidemark.directory.Link;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.catalogue.Catalogue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The objects that interludes have read while one capture was under way. An interlude is a targeted capture for which a running full or
 * incremental capture of the same tenant is held up. What holds:
 *
 * <ol>
 *   <li>There is never more than one writer. The interlude runs in the thread of the capture that it holds up, under its lease and fence,
 *       upon the same known states; both see what the other has published.
 *   <li>Their moments do not mix. Before an interlude begins, all that the held capture has taken in is published; what the interlude publishes
 *       carries later moments, and what the held capture publishes afterwards carries still later ones. So count and digest of what is present
 *       are right at the end of either.
 *   <li>What an interlude has read is never replaced by something older. Pages that the held capture was given before may be shown to it
 *       after, so of an object that is listed here, of the links that begin at it and of what hangs on it, it takes nothing from its own
 *       readings. It reads all of them once more before it ends, when no interlude can begin any more.
 *   <li>An interlude leaves nothing in the cursor. The notes of what it was about to publish stay with those of the held capture until that
 *       remembers; if the process is killed before, both captures are found running, and whatever either has published is in doubt and
 *       published again by their successors.
 * </ol>
 */
final class ReadBetween {

    private final Set<ObjectRef> objects = new LinkedHashSet<>();
    private boolean ended;

    /** Lists objects that an interlude is about to read. */
    void add(Collection<ObjectRef> refs) {
        objects.addAll(refs);
    }

    /** Whether a state is one of those that are not taken from the held capture's own readings. */
    boolean covers(StateKey key) {
        return !ended && !objects.isEmpty() && isOfAny(key);
    }

    /** Whether the object is listed, or what it hangs on. */
    boolean covers(ObjectRef ref) {
        return !ended
                && !objects.isEmpty()
                && (objects.contains(ref)
                        || parentOf(ref).filter(objects::contains).isPresent());
    }

    /** Whether all that there will be is listed. */
    boolean isEnded() {
        return ended;
    }

    /** Ends the list: nothing is covered any more, and what was listed has to be read once more. */
    List<ObjectRef> end() {
        ended = true;
        return List.copyOf(objects);
    }

    private boolean isOfAny(StateKey key) {
        return key.isLink()
                ? covers(Link.parse(key).sourceRef())
                : covers(new ObjectRef(ObjectKind.parse(key.type()), new ObjectId(key.id())));
    }

    private static Optional<ObjectRef> parentOf(ObjectRef ref) {
        Optional<ObjectKind> kind = Catalogue.of(ref.kind()).reach().parent();
        return kind.flatMap(parent -> ref.id().parent().map(id -> new ObjectRef(parent, id)));
    }
}
