package io.tidemark.snapshot.cursor;

import io.tidemark.directory.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Remembers in memory. */
public class InMemoryCursorStore implements CursorStore {

    private final Map<TenantId, Cursor> cursors = new HashMap<>();
    private final Map<String, byte[]> buckets = new HashMap<>();
    private final Map<String, Long> fences = new HashMap<>();
    private final Map<Note, Intention> intended = new LinkedHashMap<>();

    private record Note(TenantId tenant, long fence, int number) {}

    /** What a backup of this moment would hold. */
    public InMemoryCursorStore copy() {
        InMemoryCursorStore copy = new InMemoryCursorStore();
        copy.cursors.putAll(cursors);
        buckets.forEach((key, bucket) -> copy.buckets.put(key, bucket.clone()));
        copy.fences.putAll(fences);
        copy.intended.putAll(intended);
        return copy;
    }

    @Override
    public Cursor claim(TenantId tenant, long fence) {
        Cursor stored = cursors.getOrDefault(tenant, Cursor.start(fence));
        if (stored.fence() > fence) {
            throw new StaleCaptureException("claimed by a newer capture");
        }
        Cursor claimed = new Cursor(
                fence, stored.settled(), stored.kinds(), stored.totals(), stored.wholeAt(), stored.observedUntil());
        cursors.put(tenant, claimed);
        return claimed;
    }

    @Override
    public Map<Integer, byte[]> loadBuckets(TenantId tenant, String type, Collection<Integer> numbers) {
        Map<Integer, byte[]> found = new HashMap<>();
        for (int number : numbers) {
            byte[] stored = buckets.get(tenant + "|" + type + "|" + number);
            if (stored != null) {
                found.put(number, stored.clone());
            }
        }
        return found;
    }

    @Override
    public void saveBuckets(TenantId tenant, long fence, String type, Map<Integer, byte[]> changed) {
        changed.forEach((number, entries) -> {
            String bucket = tenant + "|" + type + "|" + number;
            if (fences.getOrDefault(bucket, fence) > fence) {
                throw new StaleCaptureException("claimed by a newer capture");
            }
            fences.put(bucket, fence);
            buckets.put(bucket, entries.clone());
        });
    }

    @Override
    public void saveCursor(TenantId tenant, Cursor cursor) {
        Cursor stored = cursors.get(tenant);
        if (stored == null || stored.fence() != cursor.fence()) {
            throw new StaleCaptureException("claimed by a newer capture");
        }
        cursors.put(tenant, cursor);
    }

    @Override
    public void intend(TenantId tenant, long fence, int number, Intention intention) {
        intended.put(new Note(tenant, fence, number), intention);
        Cursor claimed = cursors.get(tenant);
        if (claimed == null || claimed.fence() != fence) {
            throw new StaleCaptureException("claimed by a newer capture");
        }
    }

    @Override
    public void eachIntended(TenantId tenant, Consumer<Intention> sink) {
        List.copyOf(intended.entrySet()).stream()
                .filter(note -> note.getKey().tenant().equals(tenant))
                .forEach(note -> sink.accept(note.getValue()));
    }

    @Override
    public void dropIntended(TenantId tenant, long fence) {
        intended.keySet().removeIf(note -> note.tenant().equals(tenant) && note.fence() <= fence);
    }
}
