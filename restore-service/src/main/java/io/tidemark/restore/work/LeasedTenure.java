package io.tidemark.restore.work;

import io.tidemark.restore.journal.FencedException;
import io.tidemark.restore.journal.Tenure;
import io.tidemark.runtime.lease.KeptLease;

/**
 * The right to carry a restore on, for as long as a lease is kept.
 *
 * @param lease the lease
 */
record LeasedTenure(KeptLease lease) implements Tenure {

    @Override
    public long fence() {
        return lease.fence();
    }

    @Override
    public void check() {
        if (!lease.isHeld()) {
            throw new FencedException("lease " + lease.name() + " may have been lost");
        }
    }
}
