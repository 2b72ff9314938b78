package io.tidemark.restore.work;

import io.tidemark.directory.TenantId;
import io.tidemark.restore.guard.RestoreGuard;
import java.util.Set;

/** The guard of each tenant. */
public interface Guards {

    RestoreGuard of(TenantId tenant);

    /** The accounts that must be able to sign in whatever happens. */
    Set<String> breakGlass();
}
