package io.tidemark.directory;

/** The kinds of objects that a tenant is made of. The word is Graph's own type name and is what messages and stores carry. */
public enum ObjectKind {
    USER("user"),
    GROUP("group"),
    APPLICATION("application"),
    SERVICE_PRINCIPAL("servicePrincipal"),
    NAMED_LOCATION("namedLocation"),
    CONDITIONAL_ACCESS_POLICY("conditionalAccessPolicy"),
    ROLE_ASSIGNMENT("roleAssignment");

    private final String word;

    ObjectKind(String word) {
        this.word = word;
    }

    /** The type name in messages, stores and addresses, such as {@code servicePrincipal}. */
    public String word() {
        return word;
    }

    /**
     * Reads a kind from its word.
     *
     * @throws IllegalArgumentException if no kind has that word
     */
    public static ObjectKind parse(String word) {
        for (ObjectKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind is called '" + word + "'");
    }
}
