package io.tidemark.directory;

/** One relation between two objects, such as a membership. Its target's kind is not part of what it is. */
public record Link(LinkKind kind, ObjectId source, ObjectId target) {

    private static final char SEPARATOR = '~';

    public Link {
        if (source.parent().isPresent() || target.parent().isPresent()) {
            throw new IllegalArgumentException("a link neither begins nor ends at what hangs on another object");
        }
    }

    public static Link of(LinkKind kind, String source, String target) {
        return new Link(kind, new ObjectId(source), new ObjectId(target));
    }

    /** The key under which this link's state travels and is kept: {@code <source>~<target>}. */
    public StateKey key() {
        return new StateKey(kind.word(), source.value() + SEPARATOR + target.value());
    }

    /**
     * Reads a link back from its key.
     *
     * @throws IllegalArgumentException if the key is not a link's
     */
    public static Link parse(StateKey key) {
        LinkKind kind = LinkKind.parse(key.type());
        int at = key.id().indexOf(SEPARATOR);
        if (at < 0) {
            throw new IllegalArgumentException("link id has no '" + SEPARATOR + "' between source and target");
        }
        return of(kind, key.id().substring(0, at), key.id().substring(at + 1));
    }

    public ObjectRef sourceRef() {
        return new ObjectRef(kind.source(), source);
    }
}
