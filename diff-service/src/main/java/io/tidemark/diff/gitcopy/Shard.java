package io.tidemark.diff.gitcopy;

import io.tidemark.directory.StateKey;
import java.util.Locale;

/**
 * Which folder a key's file is in: {@code <type>/<first two characters of its id>}. Small folders make small trees, so that a commit costs in
 * proportion to what it changes.
 */
record Shard(String type, String letters) {

    private static final int LETTERS = 2;

    static Shard of(StateKey key) {
        String file = word(source(key));
        return new Shard(key.type(), file.substring(0, Math.min(LETTERS, file.length())));
    }

    /** The object whose file the key is in: itself, or for a link the object that it hangs on. */
    static String source(StateKey key) {
        int at = key.isLink() ? key.id().indexOf('~') : -1;
        return at < 0 ? key.id() : key.id().substring(0, at);
    }

    static String file(String source) {
        return word(source) + ".json";
    }

    /** An id as part of a file's name on any system: what is neither letter, digit, {@code -} nor {@code _} is spelled {@code %xx}. */
    private static String word(String id) {
        StringBuilder word = new StringBuilder();
        id.chars().forEach(c -> {
            boolean plain = c == '-' || c == '_' || c < 128 && Character.isLetterOrDigit(c);
            word.append(plain ? Character.toString(c) : String.format(Locale.ROOT, "%%%02x", c));
        });
        return word.toString();
    }
}
