package io.tidemark.diff.seal;

import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.directory.canonical.SetDigest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was stored of one capture's states from one partition.
 *
 * @param lastOffset the last record that is in the account; what comes again from before it is not counted twice
 * @param types count and digest of the states, by type
 */
public record Account(long lastOffset, Map<String, SetDigest> types) {

    static final Account EMPTY = new Account(-1, Map.of());

    private static final ContentHash DELETED = ContentHash.of("deleted".getBytes(StandardCharsets.UTF_8));

    public Account {
        types = Map.copyOf(types);
    }

    /** One stored state; the hash is null when it was a deletion. */
    public record Entry(long offset, StateKey key, @Nullable String hash) {}

    Account plus(List<Entry> entries) {
        long last = lastOffset;
        Map<String, SetDigest> sums = new HashMap<>(types);
        for (Entry entry : entries) {
            if (entry.offset() > lastOffset) {
                ContentHash hash = entry.hash() == null ? DELETED : new ContentHash(entry.hash());
                SetDigest sum = sums.getOrDefault(entry.key().type(), SetDigest.EMPTY);
                sums.put(entry.key().type(), sum.plus(entry.key(), hash));
                last = Math.max(last, entry.offset());
            }
        }
        return new Account(last, sums);
    }

    /** Count and digest over several partitions, by type. */
    static Map<String, SetDigest> total(Iterable<Account> accounts) {
        Map<String, SetDigest> total = new HashMap<>();
        for (Account account : accounts) {
            account.types().forEach((type, sum) -> total.merge(type, sum, SetDigest::plus));
        }
        return total;
    }
}
