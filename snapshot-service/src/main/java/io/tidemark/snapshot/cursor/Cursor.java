package io.tidemark.snapshot.cursor;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.canonical.SetDigest;
import java.time.Instant;
import java.util.Map;

/**
 * How far the reading of one tenant has come.
 *
 * @param fence the fence of the capture that wrote it
 * @param settled whether the totals fit the buckets; false while buckets are being written
 * @param kinds where to go on, by kind
 * @param totals count and digest of what is present, by type
 * @param wholeAt when everything of a type was read last, by type
 * @param observedUntil the newest moment that any published state carries
 */
public record Cursor(
        long fence,
        boolean settled,
        Map<ObjectKind, KindCursor> kinds,
        Map<String, SetDigest> totals,
        Map<String, Instant> wholeAt,
        Instant observedUntil) {

    public Cursor {
        kinds = Map.copyOf(kinds);
        totals = Map.copyOf(totals);
        wholeAt = Map.copyOf(wholeAt);
    }

    static Cursor start(long fence) {
        return new Cursor(fence, true, Map.of(), Map.of(), Map.of(), Instant.EPOCH);
    }

    Cursor unsettled() {
        return new Cursor(fence, false, kinds, totals, wholeAt, observedUntil);
    }
}
