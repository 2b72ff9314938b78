package io.tidemark.snapshot.capture;

import io.tidemark.directory.ObjectKind;
import io.tidemark.directory.json.JsonObject;
import io.tidemark.graph.read.ObjectSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lists kinds beside everything else, one thread for each list of kinds. The threads only read: what they were shown waits for whoever runs
 * the capture, and so little of it may wait that memory stays bounded.
 */
final class SlowLanes implements AutoCloseable {

    /** Some two pages of the longest list. */
    private static final int MOST_WAITING = 2_000;

    private final LiveTenant live;
    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(MOST_WAITING);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    SlowLanes(LiveTenant live) {
        this.live = live;
    }

    /** What a lane has to tell of a kind. */
    sealed interface News {

        ObjectKind kind();

        /** An object is there. */
        record Shown(ObjectKind kind, JsonObject object) implements News {}

        /** The list begins again. */
        record Restarted(ObjectKind kind) implements News {}

        /** The list has ended, or broken off for a reason. */
        record Ended(ObjectKind kind, Optional<RuntimeException> failure) implements News {}
    }

    /** Begins to list these kinds, one after the other. */
    void begin(Collection<ObjectKind> kinds) {
        List<ObjectKind> inTurn = List.copyOf(kinds);
        Thread thread = new Thread(() -> listAll(inTurn), "capture-lane");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** What comes next, if it is there. */
    Optional<News> next() {
        return Optional.ofNullable(news.poll());
    }

    /** What comes next, if it comes soon enough. */
    Optional<News> await(Duration patience) {
        boolean running = threads.stream().anyMatch(Thread::isAlive);
        try {
            Optional<News> found = Optional.ofNullable(news.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
            if (found.isEmpty() && !running) {
                throw new IllegalStateException("a list ended without a word");
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaptureStoppedException("interrupted while reading");
        }
    }

    /** Nobody wants to know any more. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        news.clear();
    }

    private void listAll(List<ObjectKind> kinds) {
        for (ObjectKind kind : kinds) {
            if (!closed) {
                Optional<RuntimeException> failure = list(kind);
                tell(new News.Ended(kind, failure));
            }
        }
    }

    private Optional<RuntimeException> list(ObjectKind kind) {
        try {
            live.list(kind, new ObjectSink() {
                @Override
                public void accept(JsonObject object) {
                    if (!tell(new News.Shown(kind, object))) {
                        throw new CaptureStoppedException("the list is not wanted any more");
                    }
                }

                @Override
                public void restarted() {
                    boolean unused = tell(new News.Restarted(kind));
                }
            });
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    private boolean tell(News what) {
        try {
            if (!closed) {
                news.put(what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !closed;
    }
}
