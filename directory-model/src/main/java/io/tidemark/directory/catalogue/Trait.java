package io.tidemark.directory.catalogue;

/** What else is to be known of a property. */
public enum Trait {
    /** A collection, which Graph never shows as null and which is cleared with {@code []}. */
    COLLECTION,
    /** The order of its elements means something. All other collections are sets. */
    ORDERED,
    /** Text that holds a set of words joined by commas. */
    COMMA_SET,
    /** Text that holds a set of words separated by blanks. */
    SPACE_SET,
    /** Changes without anybody having changed the object: captured, never compared. */
    VOLATILE,
    /** Shown when nothing is selected, refused when asked for by name: so a delta query never shows it, and it is never compared. */
    UNSELECTABLE,
    /** Holds or may hold personal data. */
    PERSONAL,
    /** Holds a secret or what a secret can be guessed from. */
    SECRET,
    /** Once set it cannot go back to null. */
    NOT_CLEARABLE
}
