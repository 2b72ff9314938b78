package io.tidemark.directory;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Graph's own id of an object, opaque: a GUID for directory objects, other text for role assignments and policies. It survives soft
 * deletion and is never reused. What hangs on another object has an id only beside its like; here it is called
 * {@code <parent>~<own id>}.
 */
public record ObjectId(String value) {

    private static final int LONGEST = 256;
    private static final char SEPARATOR = '~';

    public ObjectId {
        if (value.isBlank() || value.length() > LONGEST) {
            throw new IllegalArgumentException("object id must have 1 to " + LONGEST + " characters");
        }
        int separator = value.indexOf(SEPARATOR);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == '|' || c == '/' || c == SEPARATOR && i != separator) {
                throw new IllegalArgumentException("object id has a character that no Graph id has, at position " + i);
            }
        }
        if (separator == 0 || separator == value.length() - 1) {
            throw new IllegalArgumentException("object id names only one of a parent and its child");
        }
    }

    /** The id with that text; empty if no Graph id looks so. */
    public static Optional<ObjectId> find(String text) {
        try {
            return Optional.of(new ObjectId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The id of what hangs on another object: its own id may hold any character. */
    public static ObjectId child(ObjectId parent, String own) {
        return new ObjectId(parent.value() + SEPARATOR + escaped(own));
    }

    /** As {@link #child}; empty if both together are longer than an id may be. */
    public static Optional<ObjectId> findChild(ObjectId parent, String own) {
        return find(parent.value() + SEPARATOR + escaped(own));
    }

    /** The id of the object that this one hangs on; empty if it hangs on none. */
    public Optional<ObjectId> parent() {
        int separator = value.indexOf(SEPARATOR);
        return separator < 0 ? Optional.empty() : Optional.of(new ObjectId(value.substring(0, separator)));
    }

    private static String escaped(String own) {
        StringBuilder text = new StringBuilder(own.length());
        own.codePoints().forEach(c -> {
            boolean plain = c > ' ' && c != '|' && c != '/' && c != SEPARATOR && c != '%';
            if (plain) {
                text.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    text.append('%').append(String.format(Locale.ROOT, "%02X", b));
                }
            }
        });
        return text.toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
