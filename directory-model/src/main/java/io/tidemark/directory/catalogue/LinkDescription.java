package io.tidemark.directory.catalogue;

import io.tidemark.directory.LinkKind;
import io.tidemark.directory.ObjectKind;
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
 * @param target the kind of what they lead to, where Graph does not say it of each; empty if it does
 * @param sources a list of the only objects that can have any; empty if all can
 * @param condition what must be so for there to be any; empty if nothing
 */
public record LinkDescription(
        LinkKind kind,
        Reading reading,
        Restorability restorability,
        boolean nativelyRecovered,
        Optional<String> wholeWith,
        Optional<ObjectKind> target,
        Optional<String> sources,
        Optional<Condition> condition) {

    /**
     * That an object of a list has a value.
     *
     * @param list the address of the list
     * @param property the property
     * @param value its value
     */
    public record Condition(String list, String property, String value) {}

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
