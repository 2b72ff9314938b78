package io.tidemark.directory.catalogue;

import io.tidemark.directory.ObjectKind;
import java.util.List;
import java.util.Optional;

/**
 * Where a kind is and how it is read.
 *
 * @param path its address after the version; {@code {parent}} stands for the id of the object that it hangs on
 * @param reading how it is read
 * @param listedElse whether it is listed where Graph refuses the delta query by which it is read
 * @param parent the kind that it hangs on, if it hangs on one
 * @param key the property that identifies one object among its like
 * @param cadence which captures read it
 * @param query what is added to the address of a list; empty text if nothing
 * @param itemQuery what is added to the address of one object; empty text if nothing
 * @param selected whether properties are only shown when named, so that every one is asked for by name
 * @param extended whether values of schema extensions are asked for by name besides
 * @param parents a list of the only parents on which anything can hang; empty if it can hang on all
 * @param beside whether a list of the parents can show what hangs on them
 * @param recycleBin the address of the recycle bin that it goes to, if it goes to one
 * @param about the kind whose objects its lines tell of, under their ids; empty if its objects have ids of their own
 * @param streams the streams of what is listed that its objects are made of, one each; empty if what is listed are the objects
 * @param follows the kind at whose changes it is read again, although it does not hang on it
 */
public record Reach(
        String path,
        KindDescription.Reading reading,
        boolean listedElse,
        Optional<ObjectKind> parent,
        String key,
        Cadence cadence,
        String query,
        String itemQuery,
        boolean selected,
        boolean extended,
        Optional<String> parents,
        boolean beside,
        Optional<String> recycleBin,
        Optional<ObjectKind> about,
        List<String> streams,
        Optional<ObjectKind> follows) {

    public Reach {
        streams = List.copyOf(streams);
    }

    /** The relation under which a parent shows what hangs on it. */
    public String relation() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Which captures read a kind. */
    public enum Cadence {
        /** Every one. */
        EVERY,
        /** Every one while there are few; else full ones. */
        FEW,
        /** Full ones; the others what hangs on something that has changed. */
        FULL,
        /** Only those that name the object or what it hangs on. */
        REQUEST
    }
}
