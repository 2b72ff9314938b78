package io.tidemark.diff.history;

import io.tidemark.directory.TenantId;
import java.time.Instant;

/** Says whether all that was at a moment is kept. Asked after something has been read, it says that what was read was whole. */
public interface Retained {

    boolean isKept(TenantId tenant, Instant instant);
}
