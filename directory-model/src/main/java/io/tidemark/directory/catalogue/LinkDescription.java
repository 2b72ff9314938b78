package io.tidemark.directory.catalogue;

import io.tidemark.directory.LinkKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one kind of link.
 *
 * @param kind the link
 * @param reading how the links are read
 * @param restorability whether they can be put back
 * @param nativelyRecovered whether Microsoft's own backup recovers them
 * @param wholeWith the permission without which Graph leaves some of them out and does not say so; empty if there is none
 */
public record LinkDescription(
        LinkKind kind,
        Reading reading,
        Restorability restorability,
        boolean nativelyRecovered,
        Optional<String> wholeWith) {

    /** The permissions that are missing before all of them are shown, if these are granted. */
    public List<String> missing(Collection<String> granted) {
        return wholeWith.filter(permission -> !granted.contains(permission)).stream()
                .toList();
    }

    /** How links are read. */
    public enum Reading {
        /** With the delta query of the kind that they hang on. */
        DELTA,
        /** By a list of the kind that shows them beside each object: for links of which there are never more than twenty. */
        EXPANDED,
        /** By a request for each object. */
        EACH
    }
}
