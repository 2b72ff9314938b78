package io.tidemark.diff.attribution;

import io.tidemark.diff.compare.Difference;
import io.tidemark.diff.compare.LinkChange;
import java.util.List;

/**
 * A difference and who caused it.
 *
 * @param difference what differs
 * @param attributions who caused the object or its properties to differ, one entry per event and grade
 * @param links the links that differ, each with who caused it
 */
public record AttributedDifference(Difference difference, List<Attribution> attributions, List<AttributedLink> links) {

    public AttributedDifference {
        attributions = List.copyOf(attributions);
        links = List.copyOf(links);
    }

    /** A link that differs and who caused it. */
    public record AttributedLink(LinkChange change, Attribution attribution) {}
}
