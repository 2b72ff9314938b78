package io.tidemark.simulator.quota;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** All quotas of the simulator. */
public final class Quotas {

    private static final double SHOWN_FROM = 0.8;
    private static final double SHOWN_TO = 1.8;

    private final Clock clock;
    private final ToIntFunction<UUID> users;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private volatile QuotaMode mode;

    /** Quotas for tenants of as many users as the function tells. */
    public Quotas(Clock clock, QuotaMode mode, ToIntFunction<UUID> users) {
        this.clock = clock;
        this.mode = mode;
        this.users = users;
    }

    /** How strictly they are kept. */
    public QuotaMode mode() {
        return mode;
    }

    /** Changes how strictly they are kept; all buckets are full again. */
    public void mode(QuotaMode next) {
        mode = next;
        buckets.clear();
    }

    /** Charges a request of an application in a tenant. */
    public Verdict charge(UUID tenant, String appId, Charge charge) {
        Map<String, String> headers = new LinkedHashMap<>();
        Instant now = clock.instant();
        boolean directory =
                charge.service().equals("directory") || charge.service().equals("signInActivity");
        if (directory) {
            headers.put("x-ms-resource-unit", Integer.toString(charge.resourceUnits()));
        }
        if (mode == QuotaMode.OFF) {
            return new Verdict(true, headers);
        }
        List<Limit> paid = new ArrayList<>();
        double used = 0;
        // Only the identity and access service documents the header.
        Priority priority = directory ? charge.priority() : Priority.NORMAL;
        for (Limit limit : Limits.of(tenant, appId, users.applyAsInt(tenant), charge)) {
            Bucket bucket = bucket(limit, now);
            double wait = bucket.take(limit.cost(), priority, mode == QuotaMode.REAL, now);
            if (wait > 0) {
                paid.forEach(other -> bucket(other, now).giveBack(other.cost()));
                return refused(limit, appId, tenant, wait);
            }
            paid.add(limit);
            used = Math.max(used, bucket.used(now));
        }
        if (directory && used >= SHOWN_FROM) {
            // Rounded down: 1.0 says that refusals begin, which a bucket that still holds something must not.
            double tenths = Math.floor(Math.min(SHOWN_TO, used) * 10) / 10;
            headers.put("x-ms-throttle-limit-percentage", String.format(Locale.ROOT, "%.1f", tenths));
        }
        return new Verdict(true, headers);
    }

    private static Verdict refused(Limit limit, String appId, UUID tenant, double wait) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-ms-throttle-scope", limit.scope() + "/" + appId + "/" + tenant);
        if (limit.patient()) {
            headers.put("Retry-After", Integer.toString((int) Math.max(1, Math.ceil(wait))));
            headers.put("x-ms-throttle-information", limit.reason());
        }
        return new Verdict(false, headers);
    }

    private Bucket bucket(Limit limit, Instant now) {
        double factor = mode.factor();
        return buckets.computeIfAbsent(
                limit.name(), n -> new Bucket(Math.max(1, limit.capacity() * factor), limit.perSecond() * factor, now));
    }
}
