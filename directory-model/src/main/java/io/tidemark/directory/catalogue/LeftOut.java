package io.tidemark.directory.catalogue;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
import java.util.Arrays;

/**
 * Why something of a kind is not recorded with it.
 *
 * @param reason the reason
 * @param recordedAs the kind or link that it is recorded as instead; empty text if it is not recorded at all
 */
public record LeftOut(String reason, String recordedAs) {

    private static final String ELSEWHERE = "recorded as ";

    /**
     * Reads a reason; {@code recorded as} and the word of a kind or link says that nothing is lost.
     *
     * @throws IllegalArgumentException if it names neither a kind nor a link
     */
    static LeftOut parse(String reason) {
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("what is left out needs one reason");
        }
        if (!reason.startsWith(ELSEWHERE)) {
            return new LeftOut(reason, "");
        }
        String word = reason.substring(ELSEWHERE.length());
        boolean known = ObjectKind.find(word).isPresent()
                || Arrays.stream(LinkKind.values()).anyMatch(link -> link.word().equals(word));
        if (!known) {
            throw new IllegalArgumentException("'" + word + "' is neither a kind nor a link");
        }
        return new LeftOut(reason, word);
    }
}
