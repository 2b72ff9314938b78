package io.tidemark.directory.catalogue;

import io.tidemark.directory.ObjectKind;
import java.util.Optional;

/**
 * Where a kind is and how it is read.
 *
 * @param path its address after the version; {@code {parent}} stands for the id of the object that it hangs on
 * @param reading how it is read
 * @param parent the kind that it hangs on, if it hangs on one
 * @param key the property that identifies one object among its like
 * @param cadence which captures read it
 * @param query what is added to the address of a list; empty text if nothing
 * @param itemQuery what is added to the address of one object; empty text if nothing
 * @param selected whether properties are only shown when named, so that every one is asked for by name
 * @param recycleBin the address of the recycle bin that it goes to, if it goes to one
 */
public record Reach(
        String path,
        KindDescription.Reading reading,
        Optional<ObjectKind> parent,
        String key,
        Cadence cadence,
        String query,
        String itemQuery,
        boolean selected,
        Optional<String> recycleBin) {

    /** Which captures read a kind. */
    public enum Cadence {
        /** Every one. */
        EVERY,
        /** Full ones; the others what hangs on something that has changed. */
        FULL,
        /** Only those that name the object or what it hangs on. */
        REQUEST
    }
}
