package io.tidemark.simulator.http;

import io.tidemark.simulator.tenant.Kind;
import io.tidemark.simulator.tenant.Relation;
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
