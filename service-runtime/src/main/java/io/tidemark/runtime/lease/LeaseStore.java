package io.tidemark.runtime.lease;

import java.time.Duration;
import java.util.Optional;

/** Where leases are kept. A lease can be taken by one holder at a time; whoever takes it after its end gets a higher fence. */
public interface LeaseStore {

    /** Takes the lease if nobody holds it. */
    Optional<Lease> acquire(String name, Duration duration);

    /** Prolongs a lease that is still held; empty if another holder has taken it, and then the work must stop. */
    Optional<Lease> renew(Lease lease, Duration duration);

    /** Gives the lease back. Does nothing if it is no longer held. */
    void release(Lease lease);
}
