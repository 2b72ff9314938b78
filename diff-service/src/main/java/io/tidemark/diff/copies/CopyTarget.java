package io.tidemark.diff.copies;

import io.tidemark.diff.bundle.BundlePlace;
import io.tidemark.diff.gitcopy.GitCopy;
import io.tidemark.diff.seal.Snapshot;
import io.tidemark.directory.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One place that copies go to. */
record CopyTarget(String name, CopiesConfig.Target settings, Sort sort) {

    /** What is written there. */
    sealed interface Sort {}

    /** Bundles, encrypted if a key is named. */
    record Bundles(BundlePlace place, @Nullable String encryptionKey) implements Sort {}

    /** Commits. */
    record Commits(GitCopy repository) implements Sort {}

    boolean isFor(TenantId tenant) {
        return settings.tenants()
                .map(tenants -> tenants.contains(tenant.toString()))
                .orElse(true);
    }

    boolean takesBySelf(Snapshot snapshot) {
        return isFor(snapshot.tenant())
                && switch (settings.afterSeal()) {
                    case NEVER -> false;
                    case FULL -> snapshot.isFull();
                    case EVERY -> true;
                };
    }

    Optional<Bundles> bundles() {
        return sort instanceof Bundles bundles ? Optional.of(bundles) : Optional.empty();
    }
}
