package io.tidemark.diff.verify;

/** How closely a snapshot is looked at. Each level does what the one before does. */
public enum Level {
    /** Counts and digests per type against the sealed account, every version against what the change log witnesses of it. */
    STRUCTURE,
    /** A share of the stored texts is read and digested again; which share, a seed decides. */
    SAMPLE,
    /** Every stored text of the snapshot is read and digested again. */
    EVERY_BYTE
}
