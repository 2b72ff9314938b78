package io.tidemark.diff.verify;

import java.util.List;

/**
 * What a verification came to.
 *
 * @param outcome whether anything is wrong
 * @param keys how many objects and links were looked at
 * @param texts how many stored texts were read and digested again
 * @param otherForm how many texts are intact but would be hashed otherwise today, because the property catalogue has changed since
 * @param findings how many values are wrong
 * @param types count and digest of every type, sealed and stored
 */
public record Verdict(Outcome outcome, long keys, long texts, long otherForm, long findings, List<TypeVerdict> types) {

    public Verdict {
        types = List.copyOf(types);
    }

    /** The same after so many more findings. */
    Verdict plus(int more) {
        return more == 0 ? this : new Verdict(Outcome.DAMAGED, keys, texts, otherForm, findings + more, types);
    }

    /** Whether anything is wrong. */
    public enum Outcome {
        INTACT,
        DAMAGED
    }

    /** One type of the sealed account, beside what is stored. */
    public record TypeVerdict(
            String type, long sealedCount, long storedCount, String sealedDigest, String storedDigest) {}
}
