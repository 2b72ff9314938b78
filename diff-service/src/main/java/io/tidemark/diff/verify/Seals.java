package io.tidemark.diff.verify;

import io.tidemark.directory.TenantId;
import java.util.Optional;

/** Keeps a digest of every snapshot's record as it was sealed, apart from the record itself. */
interface Seals {

    /** Keeps the digest, unless one is kept. */
    void keep(TenantId tenant, String snapshot, String sum);

    Optional<String> find(TenantId tenant, String snapshot);
}
