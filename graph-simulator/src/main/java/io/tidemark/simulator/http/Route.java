package io.tidemark.simulator.http;

import io.tidemark.simulator.kind.Kind;
import io.tidemark.simulator.kind.Relation;
import org.jspecify.annotations.Nullable;

/**
 * Where a path leads.
 *
 * @param place what kind of place it is
 * @param kind the kind; absent for directory objects of any kind
 * @param key the object's key
 * @param keyProperty the property that the key belongs to; absent: the id
 * @param relation the relation followed from the object
 * @param member the key of the object at the other end
 * @param name the operation or property named at the end
 * @param suffix what is asked of the place
 * @param cast the type to which a list is narrowed
 * @param owner the place whose object is this item; absent for items of a table of their own
 * @param template the path with its keys left out, as the permission map writes it
 */
record Route(
        Place place,
        @Nullable Kind kind,
        @Nullable String key,
        @Nullable String keyProperty,
        @Nullable Relation relation,
        @Nullable String member,
        @Nullable String name,
        Suffix suffix,
        @Nullable String cast,
        @Nullable Route owner,
        String template) {

    /** What kind of place a path leads to. */
    enum Place {
        COLLECTION,
        ITEM,
        PROPERTY,
        RELATION,
        RELATION_ITEM,
        COLLECTION_OPERATION,
        ITEM_OPERATION,
        BIN,
        BIN_ITEM,
        BIN_RESTORE,
        OBJECT,
        OBJECT_OPERATION,
        BATCH
    }

    /** What is asked of the place. */
    enum Suffix {
        NONE,
        REF,
        COUNT
    }

    /** A place of a kind, or of any. */
    static Route to(Place place, @Nullable Kind kind, String template) {
        return new Route(place, kind, null, null, null, null, null, Suffix.NONE, null, null, template);
    }

    /** The same place of one object. */
    Route key(@Nullable String itsKey, @Nullable String itsProperty) {
        return new Route(place, kind, itsKey, itsProperty, relation, member, name, suffix, cast, owner, template);
    }

    /** The same place with an operation or property at the end. */
    Route operation(@Nullable String operation, @Nullable String argument) {
        return new Route(place, kind, key, keyProperty, relation, argument, operation, suffix, cast, owner, template);
    }

    /** The place that a relation leads to: all ends, or one of them. */
    Route along(Relation followed, @Nullable String end) {
        Place reached = end == null ? Place.RELATION : Place.RELATION_ITEM;
        return new Route(reached, kind, key, keyProperty, followed, end, name, suffix, cast, owner, template);
    }

    /** The same place, of which something else is asked. */
    Route suffix(Suffix asked) {
        return new Route(place, kind, key, keyProperty, relation, member, name, asked, cast, owner, template);
    }

    /** The same place narrowed to a type. */
    Route narrowed(@Nullable String type) {
        return new Route(place, kind, key, keyProperty, relation, member, name, suffix, type, owner, template);
    }

    /** The same place under another one. */
    Route under(@Nullable Route other) {
        return new Route(place, kind, key, keyProperty, relation, member, name, suffix, cast, other, template);
    }

    /** The same place as the permission map writes it. */
    Route at(String written) {
        return new Route(place, kind, key, keyProperty, relation, member, name, suffix, cast, owner, written);
    }

    Kind mustKind() {
        if (kind == null) {
            throw new IllegalStateException("the route " + template + " has no kind");
        }
        return kind;
    }

    Relation mustRelation() {
        if (relation == null) {
            throw new IllegalStateException("the route " + template + " has no relation");
        }
        return relation;
    }

    String mustKey() {
        if (key == null) {
            throw new IllegalStateException("the route " + template + " has no key");
        }
        return key;
    }
}
