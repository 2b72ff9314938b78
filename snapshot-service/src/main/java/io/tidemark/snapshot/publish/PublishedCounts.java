package io.tidemark.snapshot.publish;

import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Count and digest of what one capture has published, by type. */
public final class PublishedCounts {

    /** What a deletion counts with, having no content. */
    private static final ContentHash DELETED = ContentHash.of("deleted".getBytes(StandardCharsets.UTF_8));

    private final Map<String, SetDigest> types = new HashMap<>();

    public void add(ObjectState state) {
        String hash = state.stateHash();
        ContentHash content = hash == null ? DELETED : new ContentHash(hash);
        types.merge(state.objectType(), SetDigest.EMPTY.plus(state.key(), content), SetDigest::plus);
    }

    public SetDigest of(String type) {
        return types.getOrDefault(type, SetDigest.EMPTY);
    }

    /** All types together. */
    public long count() {
        return types.values().stream().mapToLong(SetDigest::count).sum();
    }
}
