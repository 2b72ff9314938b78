package io.tidemark.diff.verify;

import io.tidemark.diff.seal.SealFollower;
import io.tidemark.diff.seal.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps the digest of a snapshot's record once it is sealed. */
@ApplicationScoped
class SealKeeper implements SealFollower {

    private final Seals seals;

    SealKeeper(Seals seals) {
        this.seals = seals;
    }

    @Override
    public void sealed(Snapshot snapshot) {
        seals.keep(snapshot.tenant(), snapshot.id(), RecordCheck.sum(snapshot));
    }
}
