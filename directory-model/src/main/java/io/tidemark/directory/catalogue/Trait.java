package io.tidemark.directory.catalogue;

/** What else is to be known of a property. */
public enum Trait {
    /** A collection, which Graph never shows as null and which is cleared with {@code []}. */
    COLLECTION,
    /** The order of its elements means something. All other collections are sets. */
    ORDERED,
    /** Text that holds a set of words joined by commas. */
    COMMA_SET,
    /** Changes without anybody having changed the object: captured, never compared. */
    VOLATILE,
    /** Holds or may hold personal data. */
    PERSONAL,
    /** Holds a secret or what a secret can be guessed from. */
    SECRET,
    /** Once set it cannot go back to null. */
    NOT_CLEARABLE
}
