package io.tidemark.diff.verify;

import io.tidemark.contracts.CaptureReport.TypeCount;
import io.tidemark.diff.history.Mark;
import io.tidemark.diff.verify.Verdict.TypeVerdict;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts and digests what is stored, by type, and compares it with the sealed account. */
final class Tally {

    private final Map<String, SetDigest> stored = new TreeMap<>();

    void add(StateKey key, Mark present) {
        ContentHash hash;
        try {
            hash = new ContentHash(String.valueOf(present.hash()));
        } catch (IllegalArgumentException e) {
            // A hash that is none still counts, and makes the digest another one.
            hash = ContentHash.of(String.valueOf(present.hash()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        stored.merge(key.type(), SetDigest.EMPTY.plus(key, hash), SetDigest::plus);
    }

    List<TypeVerdict> against(List<TypeCount> account) {
        List<TypeVerdict> types = new ArrayList<>();
        for (TypeCount type : account) {
            if (type.outcome().isAccountedFor()) {
                SetDigest sum = stored.getOrDefault(type.type(), SetDigest.EMPTY);
                types.add(new TypeVerdict(type.type(), type.present(), sum.count(), type.presentDigest(), sum.hex()));
            }
        }
        return types;
    }

    static List<Finding> findings(TypeVerdict type) {
        List<Finding> findings = new ArrayList<>();
        if (type.sealedCount() != type.storedCount()) {
            findings.add(Finding.account(
                    type.type(), "count", Long.toString(type.sealedCount()), Long.toString(type.storedCount())));
        }
        boolean bothEmpty = type.sealedCount() == 0 && type.storedCount() == 0;
        if (!bothEmpty && !type.sealedDigest().equals(type.storedDigest())) {
            findings.add(Finding.account(type.type(), "digest", type.sealedDigest(), type.storedDigest()));
        }
        return findings;
    }
}
