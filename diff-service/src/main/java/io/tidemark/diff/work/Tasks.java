package io.tidemark.diff.work;

import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes orders for long work and shows what came of them. */
@ApplicationScoped
public class Tasks {

    private final TaskStore store;
    private final TaskWorker worker;
    private final Clock clock;

    Tasks(TaskStore store, TaskWorker worker, Clock clock) {
        this.store = store;
        this.worker = worker;
        this.clock = clock;
    }

    /** Orders a task, or gives back the one that was ordered before; one that has failed is tried again. */
    public Task order(TenantId tenant, String id, String kind, String subject, String order) {
        Task ordered = Task.ordered(tenant, id, kind, subject, order, clock.instant());
        store.add(ordered);
        Task known = store.find(tenant, id).orElse(ordered);
        if (known.state() == Task.State.FAILED) {
            known = known.again();
            store.update(known);
            store.queue(known, clock.instant());
        }
        worker.offer(known.name());
        return known;
    }

    public Optional<Task> find(TenantId tenant, String kind, String id) {
        return store.find(tenant, id).filter(task -> task.kind().equals(kind));
    }

    /** A tenant's tasks of one kind, newest first; about one subject only if it is given. */
    public List<Task> list(TenantId tenant, String kind, @Nullable String subject, int limit) {
        return store.list(tenant, kind, subject, limit);
    }

    /** Reads the lines that came of a task, in order. */
    public void lines(Task task, Consumer<String> consumer) {
        store.readLines(task, consumer);
    }
}
