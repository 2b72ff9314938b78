package io.tidemark.directory;

/**
 * Graph's own id of an object, opaque: a GUID for directory objects, other text for role assignments and policies. It survives soft
 * deletion and is never reused.
 */
public record ObjectId(String value) {

    private static final int LONGEST = 256;

    public ObjectId {
        if (value.isBlank() || value.length() > LONGEST) {
            throw new IllegalArgumentException("object id must have 1 to " + LONGEST + " characters");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == '|' || c == '~' || c == '/') {
                throw new IllegalArgumentException("object id has a character that no Graph id has, at position " + i);
            }
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
