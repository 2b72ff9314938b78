package io.tidemark.directory;

/** Names one object of a tenant. */
public record ObjectRef(ObjectKind kind, ObjectId id) {

    public static ObjectRef of(ObjectKind kind, String id) {
        return new ObjectRef(kind, new ObjectId(id));
    }

    /** The key under which this object's state travels and is kept. */
    public StateKey key() {
        return new StateKey(kind.word(), id.value());
    }

    @Override
    public String toString() {
        return kind.word() + "/" + id;
    }
}
