package io.tidemark.directory;

/**
 * Names one thing whose state is recorded: an object ({@code user}, id) or a link ({@code group.members}, {@code source~target}).
 *
 * @param type an {@link ObjectKind#word()} or a {@link LinkKind#word()}
 * @param id the object's id, or the link's {@code source~target}
 */
public record StateKey(String type, String id) implements Comparable<StateKey> {

    public StateKey {
        if (type.isBlank() || id.isBlank()) {
            throw new IllegalArgumentException("type and id must not be blank");
        }
        if (type.indexOf('|') >= 0 || id.indexOf('|') >= 0) {
            throw new IllegalArgumentException("type and id must not contain '|'");
        }
    }

    /** Whether this names a link rather than an object. */
    public boolean isLink() {
        return type.indexOf('.') >= 0;
    }

    /** {@code type|id}, as stores and message keys spell it. */
    public String text() {
        return type + "|" + id;
    }

    /**
     * Reads {@code type|id}.
     *
     * @throws IllegalArgumentException if there is no bar or a part is blank
     */
    public static StateKey parse(String text) {
        int bar = text.indexOf('|');
        if (bar < 0) {
            throw new IllegalArgumentException("state key has no '|' between type and id");
        }
        return new StateKey(text.substring(0, bar), text.substring(bar + 1));
    }

    @Override
    public int compareTo(StateKey other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return type + "/" + id;
    }
}
