package io.tidemark.graph.read;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.json.JsonObject;
import java.util.List;

/** One thing that a delta query says of one object. The same object can come several times; replays and late news are normal. */
public sealed interface DeltaItem {

    ObjectId id();

    /**
     * The object is there. Large groups come in slices: same properties, further links.
     *
     * @param id the object
     * @param object what Graph sent, without the links
     * @param links links that came or went
     */
    record Present(ObjectId id, JsonObject object, List<LinkChange> links) implements DeltaItem {

        public Present {
            links = List.copyOf(links);
        }

        /** Names the object only. */
        @Override
        public String toString() {
            return "present " + id;
        }
    }

    /** The object went, to the recycle bin or for good. */
    record Removed(ObjectId id, Removal removal) implements DeltaItem {}

    /** Where a removed object went. */
    enum Removal {
        /** To the recycle bin: it can be restored. */
        SOFT,
        /** For good. */
        HARD
    }

    /** One link that came or went. */
    record LinkChange(LinkKind kind, LinkTarget target, Presence presence) {}

    /** Whether a link is there. */
    enum Presence {
        PRESENT,
        ABSENT
    }
}
