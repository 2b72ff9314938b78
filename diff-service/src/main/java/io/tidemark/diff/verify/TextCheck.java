package io.tidemark.diff.verify;

import io.tidemark.diff.history.BodySum;
import io.tidemark.diff.history.Mark;
import io.tidemark.diff.history.StoredStates.StoredVersion;
import io.tidemark.diff.verify.Finding.Problem;
import io.tidemark.directory.Link;
import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.Canonicaliser;
import io.tidemark.directory.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares one stored version with its mark. Pure. */
final class TextCheck {

    private TextCheck() {}

    /** What a version's record says of itself against its mark, without reading its text. */
    static List<Finding> record(StateKey key, Mark mark, @Nullable StoredVersion stored) {
        List<Finding> findings = new ArrayList<>();
        if (stored == null) {
            findings.add(Finding.version(Problem.MISSING, key, mark.at(), "record", mark.hash(), null));
            return findings;
        }
        if (!mark.at().equals(stored.at())) {
            findings.add(Finding.version(
                    Problem.ALTERED, key, mark.at(), "at", mark.at().toString(), String.valueOf(stored.at())));
        }
        @Nullable
        String deleted = mark.deleted() == null ? null : mark.deleted().name();
        if (!Objects.equals(stored.deleted(), deleted)) {
            findings.add(Finding.version(Problem.ALTERED, key, mark.at(), "deleted", deleted, stored.deleted()));
        }
        if (!stored.originNow().equals(stored.origin())) {
            findings.add(
                    Finding.version(Problem.ALTERED, key, mark.at(), "origin", stored.origin(), stored.originNow()));
        }
        if (!Objects.equals(stored.hash(), mark.hash())) {
            findings.add(Finding.version(Problem.ALTERED, key, mark.at(), "hash", mark.hash(), stored.hash()));
        }
        if (!Objects.equals(stored.sum(), mark.sum())) {
            findings.add(Finding.version(Problem.ALTERED, key, mark.at(), "sum", mark.sum(), stored.sum()));
        }
        return findings;
    }

    /** What is wrong with the text of a version whose record has been found; what is gone has none. */
    static Optional<Finding> text(StateKey key, Mark mark, StoredVersion stored) {
        if (!mark.isPresent()) {
            return Optional.ofNullable(stored.body())
                    .map(body -> Finding.version(Problem.ADDED, key, mark.at(), "body", null, BodySum.of(body)));
        }
        if (stored.body() == null) {
            return Optional.of(Finding.version(Problem.MISSING, key, mark.at(), "body", expected(mark), null));
        }
        String sum = BodySum.of(stored.body());
        if (mark.sum() != null && !mark.sum().equals(sum)) {
            return Optional.of(Finding.version(Problem.ALTERED, key, mark.at(), "body", mark.sum(), sum));
        }
        if (mark.sum() == null && hasOtherForm(key, mark, stored.body())) {
            return Optional.of(Finding.version(Problem.ALTERED, key, mark.at(), "body", mark.hash(), sum));
        }
        return Optional.empty();
    }

    /** Whether the text would get another hash today. */
    static boolean hasOtherForm(StateKey key, Mark mark, String body) {
        try {
            String hash = key.isLink()
                    ? Canonicaliser.hash(Link.parse(key)).hex()
                    : Canonicaliser.hash(ObjectKind.parse(key.type()), JsonText.parseObject(body))
                            .hex();
            return !hash.equals(mark.hash());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static @Nullable String expected(Mark mark) {
        return mark.sum() == null ? mark.hash() : mark.sum();
    }
}
