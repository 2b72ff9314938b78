package io.tidemark.diff.history;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.StateKey;
import java.time.DateTimeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the change log says of one version: written apart from the version itself, so that one that is altered or lost can be named. */
public record Witness(StateKey key, Mark mark) {

    private static final int PARTS = 5;

    /** {@code type|id|at|hash or deletion|sum}. */
    String text() {
        String content =
                mark.deleted() == null ? text(mark.hash()) : mark.deleted().name();
        return key.text() + "|" + Stamp.text(mark.at()) + "|" + content + "|" + text(mark.sum());
    }

    static Witness parse(String text) {
        String[] parts = text.split("\\|", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("entry of the change log has " + parts.length + " parts");
        }
        @Nullable Deletion deletion = deletion(parts[3]);
        try {
            return new Witness(
                    new StateKey(parts[0], parts[1]),
                    new Mark(
                            Stamp.parse(parts[2]),
                            deletion == null ? parts[3] : null,
                            deletion,
                            parts[4].isEmpty() ? null : parts[4]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("entry of the change log has no moment", e);
        }
    }

    private static @Nullable Deletion deletion(String word) {
        return Arrays.stream(Deletion.values())
                .filter(deletion -> deletion.name().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
