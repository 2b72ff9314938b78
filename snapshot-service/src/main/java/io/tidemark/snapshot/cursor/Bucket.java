package io.tidemark.snapshot.cursor;

import io.tidemark.directory.StateKey;
import io.tidemark.directory.canonical.ContentHash;
import io.tidemark.snapshot.cursor.Known.Presence;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Some keys of one type with what is known of them. Entries have positions, which hold until something is put or removed. */
sealed interface Bucket permits ObjectBucket, LinkBucket {

    /** Where the entry is; negative if there is none. */
    int find(byte[] packed);

    /** Calls the consumer with the position of every entry. */
    void forEach(IntConsumer position);

    StateKey key(String type, int at);

    Presence presence(int at);

    /** The hash of a present object; null for a link, whose key says all. */
    @Nullable
    ContentHash hash(int at);

    /** Whether a present entry has that hash; a link always has its own. */
    boolean hasHash(int at, ContentHash hash);

    boolean isSeen(int at);

    /** Marks an entry as met. Marks are not part of what is stored. */
    void see(int at);

    void forgetSeen();

    /** Puts an entry where {@link #find} has found the one of the same key, if it has, and keeps its mark. Says where it is now. */
    int put(byte[] packed, int found, Known known);

    void remove(int at);

    boolean isChanged();

    /** Notes that it is not stored as it is. */
    void change();

    void saved();

    /** What is to be stored: per entry one byte of presence, the packed key, and the hash of a present object. */
    byte[] stored();
}
