package io.tidemark.directory;

/** The relations between objects that are captured, compared and restored as things of their own. */
public enum LinkKind {
    GROUP_MEMBERS(ObjectKind.GROUP, "members", Arity.MANY),
    GROUP_OWNERS(ObjectKind.GROUP, "owners", Arity.MANY),
    APPLICATION_OWNERS(ObjectKind.APPLICATION, "owners", Arity.MANY),
    SERVICE_PRINCIPAL_OWNERS(ObjectKind.SERVICE_PRINCIPAL, "owners", Arity.MANY),
    USER_MANAGER(ObjectKind.USER, "manager", Arity.ONE);

    /** How many targets one source can have. */
    public enum Arity {
        ONE,
        MANY
    }

    private final ObjectKind source;
    private final String relation;
    private final Arity arity;

    LinkKind(ObjectKind source, String relation, Arity arity) {
        this.source = source;
        this.relation = relation;
        this.arity = arity;
    }

    /** The kind of the object that the relation hangs on in Graph. */
    public ObjectKind source() {
        return source;
    }

    /** Graph's name of the navigation property, such as {@code members}. */
    public String relation() {
        return relation;
    }

    public Arity arity() {
        return arity;
    }

    /** The type word in messages and stores, such as {@code group.members}. */
    public String word() {
        return source.word() + "." + relation;
    }

    /**
     * Reads a link kind from its word.
     *
     * @throws IllegalArgumentException if no link kind has that word
     */
    public static LinkKind parse(String word) {
        for (LinkKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no link is called '" + word + "'");
    }
}
