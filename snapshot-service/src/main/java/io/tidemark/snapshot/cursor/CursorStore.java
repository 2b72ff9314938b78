package io.tidemark.snapshot.cursor;

import io.tidemark.directory.TenantId;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where the service remembers what it has published. Each method is durable when it returns. Methods that take a fence do nothing but
 * throw {@link StaleCaptureException} once a higher one has claimed the tenant.
 */
public interface CursorStore {

    /** Claims the tenant for the capture with this fence and gives what the last one left. */
    Cursor claim(TenantId tenant, long fence);

    /** The stored buckets with these numbers; those never stored are missing. */
    Map<Integer, byte[]> loadBuckets(TenantId tenant, String type, Collection<Integer> numbers);

    /** Stores buckets in place of those with the same numbers; refuses if a later capture has stored one of them. */
    void saveBuckets(TenantId tenant, long fence, String type, Map<Integer, byte[]> buckets);

    /** Stores the cursor, under its fence. */
    void saveCursor(TenantId tenant, Cursor cursor);

    /**
     * Notes what is about to be published.
     *
     * @param number counts the notes of one capture
     */
    void intend(TenantId tenant, long fence, int number, Intention intention);

    /** Hands on all notes of the tenant that were not dropped: what captures that broke off were about to publish. */
    void eachIntended(TenantId tenant, Consumer<Intention> sink);

    /** Drops the tenant's notes of the capture with this fence and of those before it. */
    void dropIntended(TenantId tenant, long fence);
}
