package io.tidemark.snapshot.capture;

import io.tidemark.directory.Link;
import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectId;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.ObjectRef;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.read.ChildSink;
import io.tidemark.graph.read.DeltaLink;
import io.tidemark.graph.read.DeltaPage;
import io.tidemark.graph.read.ObjectSink;
import io.tidemark.snapshot.capture.newer.NewerSelection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A tenant as it is now. Every method may throw {@link io.tidemark.graph.transport.GraphException}. */
public interface LiveTenant {

    /** One page of what has changed, links included; without a link it begins with everything that is there. */
    DeltaPage changes(ObjectKind kind, Optional<DeltaLink> link);

    /**
     * The directory extensions that are asked for with objects of a kind, with commas between; empty text if there are none, nothing if Graph
     * does not tell which there are. A delta query tracks only those that it was begun with.
     */
    default Optional<String> extensions(ObjectKind kind) {
        return Optional.of("");
    }

    /**
     * The schema extensions whose values were asked for when a part of objects that holds extensions was listed; empty if it was not, or holds
     * none.
     */
    default Optional<List<String>> schemas(ObjectKind part) {
        return Optional.empty();
    }

    /** Says which schema extensions single objects are to be asked for unless all are listed before. */
    default void noteSchemas(ObjectKind part, List<String> names) {}

    /** Everything of a kind, in no order. If the listing has to begin again, the sink is told so. */
    void list(ObjectKind kind, ObjectSink sink);

    /** The name of the quota that a kind is read under, if that is a slow one that most kinds are not read under. Safe for many threads, as {@link #list} is then. */
    default Optional<String> ownQuota(ObjectKind kind) {
        return Optional.empty();
    }

    /** Says what will be listed, so that it can be fetched with fewer requests. */
    default void expect(Collection<ObjectKind> kinds) {}

    /** Says whose changes will be asked for first, and from where on, so that all of them can be fetched at a time. */
    default void expectChanges(Map<ObjectKind, String> links) {}

    /** The one object of a kind that has no more. */
    JsonObject singleton(ObjectKind kind);

    /** What hangs on these objects. */
    void children(ObjectKind kind, Collection<ObjectId> parents, ChildSink sink);

    /** What hangs on every object of a kind, by a list that shows it beside them. What it does not show is to be asked for. */
    default void childrenBeside(ObjectKind kind, ChildSink sink) {}

    /** Those of the objects on which something of a kind can hang. */
    default Collection<ObjectId> parents(ObjectKind kind, Collection<ObjectId> of) {
        return of;
    }

    /** Lists the links of one kind that begin at any object, beside the objects. Which of these were shown is told, as a list may skip some. */
    void links(LinkKind kind, Shown shown);

    /** Those of the objects that are there, with all that Graph shows of them. */
    Map<ObjectRef, JsonObject> findAll(Collection<ObjectRef> refs);

    /** The ids of everything of a kind that is in the recycle bin; empty if the kind has none. */
    Set<ObjectId> recycleBin(ObjectKind kind);

    /** Those of the objects that are in the recycle bin. */
    Set<ObjectRef> inRecycleBin(Collection<ObjectRef> refs);

    /** The links of one kind that begin at these objects, by object; an object that is not there is missing. */
    Map<ObjectId, List<FoundLink>> linksFrom(LinkKind kind, Collection<ObjectId> sources);

    /** The links of every kind that end at these objects. */
    List<FoundLink> linksTo(Collection<ObjectRef> targets);

    /** How many objects of a kind with a delta query there are, as counted a while ago; empty if that is not to be had. */
    OptionalLong count(ObjectKind kind);

    /** The application permissions that were granted to us; none if nobody tells. */
    default Set<String> granted() {
        return Set.of();
    }

    /** The properties newer than the catalogue that are asked for with objects. */
    default NewerSelection newer() {
        return NewerSelection.NONE;
    }

    /** How many requests have been sent since this was opened. */
    long requests();

    /** Hears what a list of objects and their links shows. */
    interface Shown {

        void object(ObjectId id);

        void link(FoundLink found);

        /** The list begins again: nothing of it was shown yet. */
        void restarted();
    }

    /**
     * A link and what kind of object it ends at.
     *
     * @param targetType the target's type word, such as {@code user}
     */
    record FoundLink(Link link, String targetType) {}
}
