package io.tidemark.audit.source;

import io.tidemark.directory.TenantId;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Entries seen, in memory; can be made to fail when it should remember. */
final class InMemorySeenStore implements SeenStore {

    private final Set<String> seen = new HashSet<>();
    boolean broken;

    @Override
    public Set<String> unseen(TenantId tenant, Collection<String> auditIds) {
        Set<String> unseen = new LinkedHashSet<>(auditIds);
        unseen.removeIf(id -> seen.contains(tenant + "|" + id));
        return unseen;
    }

    @Override
    public void remember(TenantId tenant, Collection<String> auditIds) {
        if (broken) {
            broken = false;
            throw new IllegalStateException("killed between publishing and remembering");
        }
        auditIds.forEach(id -> seen.add(tenant + "|" + id));
    }
}
