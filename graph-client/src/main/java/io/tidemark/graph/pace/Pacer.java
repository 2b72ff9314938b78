package io.tidemark.graph.pace;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Lets requests pass as fast as Graph's quotas permit. One pacer per application and tenant; safe for many threads. */
public final class Pacer {

    private static final int MEDIUM_TENANT = 50;
    private static final int LARGE_TENANT = 500;
    private static final int MEDIUM_UNITS = 5_000;
    private static final int LARGE_UNITS = 8_000;

    private final Map<Lane, Bucket> buckets = new EnumMap<>(Lane.class);
    private long usersSeen;

    public Pacer(Quota quota, Clock clock, Sleeper sleeper) {
        for (Lane lane : Lane.values()) {
            buckets.put(lane, new Bucket(lane, quota, clock, sleeper));
        }
    }

    /** Waits until all charges can be paid, and pays them. */
    public void pay(List<Charge> charges) throws InterruptedException {
        for (Charge charge : charges) {
            bucket(charge.lane()).take(charge.units());
        }
    }

    /** Takes note of the answer to a request with these charges. */
    public void observe(List<Charge> charges, Observation observation) {
        for (Charge charge : charges) {
            if (isMeant(charge, charges)) {
                bucket(charge.lane()).observe(observation, charge.units());
            }
        }
    }

    /** Graph grants larger tenants more reading: tells how many users there are at least. */
    public synchronized void tenantHasUsers(long users) {
        if (users <= usersSeen) {
            return;
        }
        usersSeen = users;
        if (users > LARGE_TENANT) {
            bucket(Lane.READ).resize(LARGE_UNITS);
        } else if (users > MEDIUM_TENANT) {
            bucket(Lane.READ).resize(MEDIUM_UNITS);
        }
    }

    /** What happened in each lane so far. */
    public Map<Lane, LaneStatistics> statistics() {
        Map<Lane, LaneStatistics> statistics = new EnumMap<>(Lane.class);
        buckets.forEach((lane, bucket) -> statistics.put(lane, bucket.statistics()));
        return statistics;
    }

    /** A write costs a resource unit too, but it is the write that is counted and rejected. */
    private static boolean isMeant(Charge charge, List<Charge> charges) {
        return charge.lane() != Lane.READ || charges.size() == 1;
    }

    private Bucket bucket(Lane lane) {
        Bucket bucket = buckets.get(lane);
        if (bucket == null) {
            throw new IllegalStateException("no bucket for lane " + lane);
        }
        return bucket;
    }
}
