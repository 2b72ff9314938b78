package io.tidemark.snapshot.cursor;

import io.tidemark.directory.TenantId;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/** A store whose process ends before or after a chosen write. */
public final class CrashingCursorStore implements CursorStore {

    private final CursorStore store;
    private int writesUntilCrash = -1;
    private boolean afterwards;

    public CrashingCursorStore(CursorStore store) {
        this.store = store;
    }

    /** Ends the process at the write with that number, counted from now. */
    public void crashAt(int write, boolean afterTheWrite) {
        this.writesUntilCrash = write;
        this.afterwards = afterTheWrite;
    }

    public void crashNever() {
        this.writesUntilCrash = -1;
    }

    @Override
    public Cursor claim(TenantId tenant, long fence) {
        return store.claim(tenant, fence);
    }

    @Override
    public Map<Integer, byte[]> loadBuckets(TenantId tenant, String type, Collection<Integer> numbers) {
        return store.loadBuckets(tenant, type, numbers);
    }

    @Override
    public void saveBuckets(TenantId tenant, long fence, String type, Map<Integer, byte[]> buckets) {
        write(() -> store.saveBuckets(tenant, fence, type, buckets));
    }

    @Override
    public void saveCursor(TenantId tenant, Cursor cursor) {
        write(() -> store.saveCursor(tenant, cursor));
    }

    @Override
    public void intend(TenantId tenant, long fence, int number, Intention intention) {
        write(() -> store.intend(tenant, fence, number, intention));
    }

    @Override
    public void eachIntended(TenantId tenant, Consumer<Intention> sink) {
        store.eachIntended(tenant, sink);
    }

    @Override
    public void dropIntended(TenantId tenant, long fence) {
        write(() -> store.dropIntended(tenant, fence));
    }

    private void write(Runnable writing) {
        boolean now = writesUntilCrash == 0;
        writesUntilCrash--;
        if (now && !afterwards) {
            throw new IllegalStateException("the process ends before the write");
        }
        writing.run();
        if (now) {
            throw new IllegalStateException("the process ends after the write");
        }
    }
}
