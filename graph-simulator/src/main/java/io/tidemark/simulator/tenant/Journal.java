package io.tidemark.simulator.tenant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The changes of one table in order, from which delta queries are answered. */
public final class Journal {

    /**
     * One change.
     *
     * @param sequence its place among all changes of the tenant
     * @param node the object
     * @param properties the properties that changed; {@code null} when the object as a whole came or went
     * @param relation the relation that changed, for links
     * @param target the other end, for links
     * @param added whether the link came or went
     */
    public record Change(
            long sequence,
            Node node,
            @Nullable Set<String> properties,
            @Nullable String relation,
            @Nullable Node target,
            boolean added) {}

    private final List<Change> changes = new ArrayList<>();

    void append(Change change) {
        changes.add(change);
    }

    /** The changes after one place and up to another. */
    public List<Change> between(long after, long upTo) {
        int low = 0;
        int high = changes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (changes.get(middle).sequence() > after) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        List<Change> found = new ArrayList<>();
        for (int i = low; i < changes.size() && changes.get(i).sequence() <= upTo; i++) {
            found.add(changes.get(i));
        }
        return found;
    }
}
