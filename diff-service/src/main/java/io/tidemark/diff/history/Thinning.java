package io.tidemark.diff.history;

import io.tidemark.directory.TenantId;
import java.util.function.LongConsumer;

/**
 * Takes superseded versions out of the history. Their marks in their key's document and their witnesses in the change log stay: what was
 * there, and when, is known for good, and a version that is missing although it is needed is found by verification as before.
 */
public interface Thinning {

    /** How many versions a gap holds; counted up to a number and no further. */
    long count(TenantId tenant, Gap gap, int most);

    /**
     * Takes out the versions of a gap, but for those whose documents are not as they were written.
     *
     * @param beat hears now and then how many have gone; what it throws ends the work, which can be begun again
     * @return how many have gone
     */
    long thin(TenantId tenant, Gap gap, LongConsumer beat);
}
