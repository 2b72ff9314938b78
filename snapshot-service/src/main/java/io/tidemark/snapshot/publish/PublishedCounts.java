package io.tidemark.snapshot.publish;

import io.tidemark.contracts.ObjectState;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import io.tidemark.directory.canonical.SetSum;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Count and digest of what one capture has published, by type. */
public final class PublishedCounts {

    /** What a deletion counts with, having no content. */
    private static final ContentHash DELETED = ContentHash.of("deleted".getBytes(StandardCharsets.UTF_8));

    private final Map<String, SetSum> types = new HashMap<>();

    public void add(ObjectState state) {
        String hash = state.stateHash();
        ContentHash content = hash == null ? DELETED : new ContentHash(hash);
        types.computeIfAbsent(state.objectType(), first -> new SetSum()).add(state.key(), content);
    }

    public SetDigest of(String type) {
        SetSum sum = types.get(type);
        return sum == null ? SetDigest.EMPTY : sum.digest();
    }

    /** All types together. */
    public long count() {
        return types.values().stream().mapToLong(SetSum::count).sum();
    }
}
