package io.tidemark.graph.read;

import io.tidemark.graph.transport.GraphException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Something that is fetched while something else is still being worked on.
 *
 * @param <T> what it is
 */
final class Ahead<T> {

    private final FutureTask<T> task;

    private Ahead(FutureTask<T> task) {
        this.task = task;
    }

    static <T> Ahead<T> fetch(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "graph-ahead");
        thread.setDaemon(true);
        thread.start();
        return new Ahead<>(task);
    }

    /** Waits for it, and throws what fetching it has thrown. */
    T result() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw GraphException.cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("what was asked for could not be fetched", e.getCause());
        }
    }

    /** Nobody wants it any more. */
    void cancel() {
        boolean unused = task.cancel(true);
    }
}
