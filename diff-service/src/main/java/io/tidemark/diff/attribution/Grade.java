package io.tidemark.diff.attribution;

/** How sure it is that an event caused a difference; the surer grade first. */
public enum Grade {
    /** The event says that it brought about just this. */
    EXACT,
    /** The event changed this property or relation, to another or an unknown value. */
    PROPERTY,
    /** The event is about the object. */
    OBJECT,
    /** The audit log says nothing. */
    NONE
}
