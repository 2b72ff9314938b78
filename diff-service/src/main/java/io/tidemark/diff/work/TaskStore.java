package io.tidemark.diff.work;

import io.tidemark.diff.work.Task.Name;
import io.tidemark.directory.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where tasks are kept. */
public interface TaskStore {

    /** Keeps a new task and puts it in the queue; does nothing if it is known. */
    void add(Task task);

    /** Puts a known task in the queue, not to be begun before a moment. */
    void queue(Task task, Instant notBefore);

    Optional<Task> find(TenantId tenant, String id);

    /** A tenant's tasks of one kind, newest first; about one subject only if it is given. */
    List<Task> list(TenantId tenant, String kind, @Nullable String subject, int limit);

    /** The tasks that may be begun by then, those that have waited longest first. */
    List<Name> due(Instant now);

    /** Whether a task is in the queue. */
    boolean isQueued(Name name);

    /** Replaces a task, unless it has been worked on under a later lease. */
    void update(Task task);

    /** Takes a task off the queue. */
    void done(Name name);

    /** Keeps a page of lines of one attempt. */
    void putLines(Task task, int page, List<String> lines);

    /** Reads the lines that came of a task, in order. */
    void readLines(Task task, Consumer<String> consumer);
}
