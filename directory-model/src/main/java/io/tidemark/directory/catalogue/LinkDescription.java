package io.tidemark.directory.catalogue;

import io.tidemark.directory.LinkKind;

/**
 * What is known of one kind of link.
 *
 * @param kind the link
 * @param reading how the links are read
 * @param restorability whether they can be put back
 * @param nativelyRecovered whether Microsoft's own backup recovers them
 */
public record LinkDescription(LinkKind kind, Reading reading, Restorability restorability, boolean nativelyRecovered) {

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
