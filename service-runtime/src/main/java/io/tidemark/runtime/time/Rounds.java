package io.tidemark.runtime.time;

import io.tidemark.runtime.event.Outage;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does a job again and again, with the same pause after each round, until it is closed. The scheduler of Quarkus looks once a second whether
 * something is due, so it cannot do a job more often.
 */
public final class Rounds implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Rounds.class);

    private final String what;
    private final Runnable job;
    private final ScheduledExecutorService thread;
    private String complaint = "";
    private int failures;

    private Rounds(String what, Runnable job) {
        this.what = what;
        this.job = job;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, what + "-rounds");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * Begins with the first round.
     *
     * @param what the job's name in the log
     * @param pause between the end of a round and the beginning of the next
     */
    public static Rounds begin(String what, Duration pause, Runnable job) {
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("the pause between rounds of " + what + " must be longer than " + pause);
        }
        Rounds rounds = new Rounds(what, job);
        ScheduledFuture<?> unused =
                rounds.thread.scheduleWithFixedDelay(rounds::round, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
        return rounds;
    }

    /** Begins no further round and interrupts the one that goes on. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    // The outermost loop: whatever went wrong with this round, there is a next one. After an error that gets through
    // there would be none, and nobody would be told.
    private void round() {
        try {
            job.run();
            succeeded();
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void succeeded() {
        if (failures > 0) {
            LOG.infof("rounds go on what=%s failed=%d", what, failures);
        }
        failures = 0;
        complaint = "";
    }

    /** Says so once for each reason, however many rounds fail with it. */
    private void failed(Throwable e) {
        failures++;
        String reason = e.getClass().getSimpleName();
        boolean away = Outage.isBehind(e);
        // A store that goes away first cuts connections off, and then does not answer any more: that is one outage.
        String now = away ? Outage.TODO : reason;
        if (thread.isShutdown() || now.equals(complaint)) {
            LOG.debugf("round failed again what=%s reason=%s", what, reason);
        } else if (away) {
            LOG.warnf("round failed, it is repeated what=%s reason=%s todo=%s", what, reason, Outage.TODO);
        } else {
            LOG.errorf(e, "round failed, it is repeated what=%s", what);
        }
        complaint = now;
    }
}
