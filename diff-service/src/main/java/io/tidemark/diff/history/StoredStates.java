package io.tidemark.diff.history;

import io.tidemark.contracts.ObjectState.Deletion;
import io.tidemark.directory.StateKey;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows what is stored as it is stored, damaged or not, to those who check it. */
public interface StoredStates {

    /** Keys in the order of their spelling, after a document's name and at most so many. */
    List<StoredKey> keys(TenantId tenant, @Nullable String after, int limit, Texts texts);

    /** The documents of these keys; those that are not stored are left out. */
    List<StoredKey> marks(TenantId tenant, Collection<StateKey> keys);

    /** The newest versions as they are stored, by key; those that are not stored are left out. */
    Map<StateKey, StoredVersion> current(TenantId tenant, Collection<StateKey> keys);

    /** Superseded versions as they are stored; those that are not stored are left out. */
    Map<VersionRef, StoredVersion> superseded(TenantId tenant, Collection<VersionRef> versions, Texts texts);

    /** Of each key the superseded version that held at an instant, if there is one: the newest whose name says that it began not after it. */
    List<VersionRef> supersededAt(TenantId tenant, Collection<StateKey> keys, Instant instant);

    /** The names of superseded versions, after a document's name and at most so many. */
    List<StoredName> names(TenantId tenant, @Nullable String after, int limit);

    /**
     * Everything that the change log witnesses up to an instant, in no order and perhaps twice; and its parts that are broken.
     *
     * @return whether it could be gone through: if not, nothing was shown
     */
    boolean witnesses(TenantId tenant, Instant until, Consumer<Witness> consumer, Consumer<String> broken);

    /** Whether texts are read too. */
    enum Texts {
        LEFT_OUT,
        READ
    }

    /**
     * One key's document.
     *
     * @param key the key; null if the document cannot be read
     * @param marks its marks, oldest first; none if the document cannot be read
     * @param hasOlder whether it says that there are superseded versions before those
     * @param newest its newest version, without a text if that was not asked for
     */
    record StoredKey(String name, @Nullable StateKey key, List<Mark> marks, boolean hasOlder, StoredVersion newest) {
        public StoredKey {
            marks = List.copyOf(marks);
        }

        /** Whether it lists a version that began at that moment. */
        public boolean lists(Instant at) {
            Mark wanted = new Mark(at, null, null, null);
            return Collections.binarySearch(marks, wanted, Comparator.comparing(Mark::at)) >= 0;
        }

        /** Whether an instant is before all versions that it lists, and there are others. */
        public boolean startsAfter(Instant instant) {
            return hasOlder && (marks.isEmpty() || marks.get(0).at().isAfter(instant));
        }
    }

    /** One superseded version's document; no version if its name cannot be read. */
    record StoredName(String name, @Nullable VersionRef version) {}

    /**
     * One version as it is stored; a part that is missing or of another type is null.
     *
     * @param origin what was noted as digest of where the version came from
     * @param originNow that digest of what is stored now
     */
    record StoredVersion(
            @Nullable Instant at,
            @Nullable String hash,
            @Nullable String deleted,
            @Nullable String sum,
            @Nullable String body,
            @Nullable String origin,
            String originNow) {

        /** What it says of itself as the mark of a version that began at a moment. */
        public Mark mark(Instant began) {
            @Nullable
            Deletion deletion = Arrays.stream(Deletion.values())
                    .filter(one -> one.name().equals(deleted))
                    .findFirst()
                    .orElse(null);
            return new Mark(began, hash, deletion, sum);
        }

        @Override
        public String toString() {
            return "StoredVersion[" + at + "]";
        }
    }
}
