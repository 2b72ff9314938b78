package io.tidemark.diff.retention;

import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.Set;

/** Says which moments work that has not ended still needs. */
public interface OpenWork {

    /** The moments that work on this tenant needs. */
    Set<Instant> moments(TenantId tenant);
}
