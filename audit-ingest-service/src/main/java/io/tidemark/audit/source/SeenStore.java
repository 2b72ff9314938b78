package io.tidemark.audit.source;

import io.tidemark.directory.TenantId;
import java.util.Collection;
import java.util.Set;

/** Which entries have been published. */
public interface SeenStore {

    /** Those of the entries that have not been published as far as is known. */
    Set<String> unseen(TenantId tenant, Collection<String> auditIds);

    /** Remembers entries as published; remembering again changes nothing. */
    void remember(TenantId tenant, Collection<String> auditIds);
}
