package io.tidemark.simulator.tenant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The simulator's time: it runs with a source clock, at a chosen pace, and can be moved forward. */
public final class SimulatorClock extends Clock {

    private final Clock source;
    private Instant sourceStart;
    private Instant start;
    private double pace;

    /** Runs with the source. */
    public SimulatorClock(Clock source) {
        this.source = source;
        this.sourceStart = source.instant();
        this.start = sourceStart;
        this.pace = 1;
    }

    @Override
    public synchronized Instant instant() {
        long nanos = Duration.between(sourceStart, source.instant()).toNanos();
        return start.plusNanos(pace == 1 ? nanos : (long) (nanos * pace));
    }

    /** Moves the time by a step. */
    public synchronized void advance(Duration step) {
        settle(instant().plus(step));
    }

    /** Sets the time. */
    public synchronized void set(Instant moment) {
        settle(moment);
    }

    /** Lets the time run at a multiple of the source; 0 stops it. */
    public synchronized void pace(double factor) {
        if (factor < 0 || !Double.isFinite(factor)) {
            throw new IllegalArgumentException("a clock cannot run at pace " + factor);
        }
        settle(instant());
        pace = factor;
    }

    /** The multiple of the source at which the time runs. */
    public synchronized double pace() {
        return pace;
    }

    private void settle(Instant moment) {
        start = moment;
        sourceStart = source.instant();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
