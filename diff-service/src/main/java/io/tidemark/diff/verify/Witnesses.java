package io.tidemark.diff.verify;

import io.tidemark.diff.history.Mark;
import io.tidemark.diff.verify.Finding.Problem;
import io.tidemark.directory.StateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks closely at some keys: what is stored of each against what the change log witnesses. */
final class Witnesses {

    private final Map<StateKey, TreeMap<Instant, Mark>> stored = new HashMap<>();
    private final Map<StateKey, TreeMap<Instant, Mark>> witnessed = new HashMap<>();

    void stored(StateKey key, Mark mark) {
        stored.computeIfAbsent(key, one -> new TreeMap<>()).put(mark.at(), mark);
    }

    void witnessed(StateKey key, Mark mark) {
        witnessed.computeIfAbsent(key, one -> new TreeMap<>()).put(mark.at(), mark);
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        stored.forEach((key, marks) -> {
            TreeMap<Instant, Mark> said = witnessed.getOrDefault(key, new TreeMap<>());
            marks.forEach((at, mark) -> {
                @Nullable Mark witness = said.get(at);
                if (witness == null) {
                    findings.add(Finding.version(Problem.ADDED, key, at, "record", null, text(mark)));
                } else {
                    differing(key, witness, mark, findings);
                }
            });
        });
        witnessed.forEach((key, marks) -> {
            Mark last = marks.lastEntry().getValue();
            @Nullable TreeMap<Instant, Mark> kept = stored.get(key);
            // Earlier versions may have been thinned; the one that the snapshot stands on may not.
            if (kept == null || !kept.containsKey(last.at())) {
                findings.add(Finding.version(Problem.MISSING, key, last.at(), "record", text(last), null));
            }
        });
        return findings;
    }

    private static void differing(StateKey key, Mark witness, Mark mark, List<Finding> findings) {
        if (!Objects.equals(text(witness), text(mark))) {
            findings.add(Finding.version(Problem.ALTERED, key, mark.at(), "hash", text(witness), text(mark)));
        }
        if (!Objects.equals(witness.sum(), mark.sum())) {
            findings.add(Finding.version(Problem.ALTERED, key, mark.at(), "sum", witness.sum(), mark.sum()));
        }
    }

    private static @Nullable String text(Mark mark) {
        if (mark.deleted() == null) {
            return mark.hash();
        }
        // What is gone has no hash; one that is there all the same must differ from what was witnessed.
        return mark.hash() == null ? mark.deleted().name() : mark.deleted().name() + " " + mark.hash();
    }
}
