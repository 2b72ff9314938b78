package io.tidemark.simulator.tenant;

import io.tidemark.simulator.entity.Entity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change of the directory's state.
 *
 * @param type what happened
 * @param node the object that changed
 * @param before its properties before; absent at creation
 * @param after its properties after; absent when it is purged
 * @param changed the names of the properties that changed
 * @param relation the relation, for links
 * @param target the other end, for links
 * @param activity the audit log's name, if it is not the usual one of the kind
 */
public record Effect(
        Type type,
        Node node,
        @Nullable Entity before,
        @Nullable Entity after,
        Set<String> changed,
        @Nullable String relation,
        @Nullable Node target,
        @Nullable String activity) {

    /** What happened. */
    public enum Type {
        /** The object is new. */
        CREATED,
        /** Properties changed. */
        UPDATED,
        /** The object went to the recycle bin, or is gone if its kind has none. */
        DELETED,
        /** The object came back from the recycle bin. */
        RESTORED,
        /** The object left the recycle bin for good. */
        PURGED,
        /** A link was made. */
        LINKED,
        /** A link was removed. */
        UNLINKED
    }

    public static Effect of(Type type, Node node, @Nullable Entity before, @Nullable Entity after) {
        return new Effect(type, node, before, after, Set.of(), null, null, null);
    }

    static Effect gone(Node node, Entity before, @Nullable Node parent) {
        return new Effect(Type.DELETED, node, before, null, Set.of(), null, parent, null);
    }

    public static Effect updated(
            Node node, Entity before, Entity after, Set<String> changed, @Nullable String activity) {
        return new Effect(Type.UPDATED, node, before, after, Set.copyOf(changed), null, null, activity);
    }

    static Effect link(Type type, Node node, String relation, Node target) {
        return new Effect(type, node, node.entity(), node.entity(), Set.of(), relation, target, null);
    }
}
