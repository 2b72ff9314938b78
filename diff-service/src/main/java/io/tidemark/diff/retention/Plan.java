package io.tidemark.diff.retention;

import io.tidemark.diff.history.Gap;
import io.tidemark.diff.seal.DroppedSnapshot.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one round is to do.
 *
 * @param since every moment from here on stays
 * @param kept the moments before that which stay, earliest first
 * @param drops the snapshots that go, earliest first
 * @param straddling when the reading of any snapshot began that began before the window and ended within it; {@link Instant#MAX} if none did
 */
record Plan(Instant since, List<KeptMoment> kept, List<Drop> drops, Instant straddling) {

    Plan {
        kept = List.copyOf(kept);
        drops = List.copyOf(drops);
    }

    /** A snapshot that goes, and by which rule. */
    record Drop(SnapshotLine snapshot, Rule rule) {}

    /** The same with moments that have to stay after all. */
    Plan keeping(List<KeptMoment> more) {
        return new Plan(since, Planner.merged(kept, more), drops, straddling);
    }

    /**
     * The times between neighbouring moments that stay, earliest first; the last one ends with the window. Of what began and ended within one of
     * them nothing is needed, but for what was read in more than one state while a snapshot that stays was read.
     */
    List<Gap> gaps() {
        int count = kept.size();
        Instant[] read = new Instant[count + 1];
        read[count] = straddling;
        for (int i = count - 1; i >= 0; i--) {
            Instant began = kept.get(i).began();
            read[i] = began.isBefore(read[i + 1]) ? began : read[i + 1];
        }
        List<Gap> gaps = new ArrayList<>(count + 1);
        Instant after = Gap.BEGINNING;
        for (int i = 0; i < count; i++) {
            gaps.add(new Gap(after, kept.get(i).instant(), read[i]));
            after = kept.get(i).instant();
        }
        gaps.add(new Gap(after, since, read[count]));
        return gaps;
    }
}
