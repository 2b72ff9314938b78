package io.tidemark.graph.read;

import io.tidemark.graph.transport.GraphConnection;
import io.tidemark.graph.transport.GraphException;
import io.tidemark.graph.transport.GraphRequest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A page that is fetched while the one before it is still being worked on. */
final class PageAhead {

    private final FutureTask<Page> task;

    private PageAhead(FutureTask<Page> task) {
        this.task = task;
    }

    static PageAhead fetch(GraphConnection connection, String link) {
        FutureTask<Page> task = new FutureTask<>(() -> connection.send(GraphRequest.get(link), Page::of));
        Thread thread = new Thread(task, "graph-page-ahead");
        thread.setDaemon(true);
        thread.start();
        return new PageAhead(task);
    }

    /** Waits for the page. */
    Page page() {
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
            throw new IllegalStateException("a page could not be fetched", e.getCause());
        }
    }

    /** Nobody wants it any more. */
    void cancel() {
        boolean unused = task.cancel(true);
    }
}
