package io.tidemark.restore.journal;

/** A place where a test can end the process, before and after each durable step. Does nothing unless told to. */
public interface Failpoint {

    Failpoint NONE = name -> {};

    /** Says that the place of that name is reached. */
    void reach(String name);
}
