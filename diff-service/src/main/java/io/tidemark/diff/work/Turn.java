package io.tidemark.diff.work;

import io.tidemark.diff.work.Task.Progress;
import org.jspecify.annotations.Nullable;

/** One attempt to do a task: keeps the lease, and what is known of the task so far. Every call throws once another worker has taken over. */
public interface Turn {

    Task task();

    /** Says how far the work is; to be called every few seconds at least. */
    void progress(Progress progress);

    /** Keeps where to go on after an interruption; null to begin at the start. */
    void checkpoint(@Nullable String checkpoint);

    /** Adds a line to what comes of the task. Lines of earlier attempts do not count. */
    void line(String line);

    /** Waits, unless the service stops meanwhile. */
    void pause();
}
