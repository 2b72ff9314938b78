package io.tidemark.directory.catalogue;

/** How a property can be put back. */
public enum PropertyClass {
    /** By PATCH of the object. */
    WRITABLE,
    /** Only when the object is created. */
    CREATE_ONLY,
    /** Never; Graph or another system sets it. */
    READ_ONLY,
    /** By a request of its own, not by PATCH of the object. */
    SPECIAL,
    /** Nobody knows: it is newer than the catalogue. Recorded and compared, never put back. */
    UNKNOWN
}
