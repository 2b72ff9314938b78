package io.tidemark.simulator.quota;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** All quotas of the simulator. */
public final class Quotas {

    private static final double WRITES = 3000;
    private static final double WRITES_PER_SECOND = 20;
    private static final double TENANT_WRITES = 18_000;
    private static final double TENANT_WRITES_PER_SECOND = 60;
    private static final double SHOWN_FROM = 0.8;

    private final Clock clock;
    private final IntSupplier users;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private volatile QuotaMode mode;

    /** Quotas for a tenant of so many users. */
    public Quotas(Clock clock, QuotaMode mode, IntSupplier users) {
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
        if (charge.service().equals("directory")) {
            headers.put("x-ms-resource-unit", Integer.toString(charge.resourceUnits()));
        }
        if (mode == QuotaMode.OFF) {
            return new Verdict(true, headers);
        }
        return switch (charge.service()) {
            case "conditionalAccess" -> {
                // This service gives no Retry-After.
                double wait = bucket("ca/" + tenant, 1, 1, now).take(1, now);
                yield wait == 0
                        ? new Verdict(true, headers)
                        : new Verdict(false, Map.of("x-ms-throttle-scope", "Tenant/ReadWrite/" + appId + "/" + tenant));
            }
            case "reports" -> {
                double wait =
                        bucket("reports/" + tenant + "/" + appId, 5, 0.5, now).take(1, now);
                yield wait == 0
                        ? new Verdict(true, headers)
                        : refused("Tenant_Application/Read", appId, tenant, "ResourceUnitLimitExceeded", wait);
            }
            case "signInActivity" -> {
                double wait = bucket("activity/" + tenant + "/" + appId, 10, 10 / 60d, now)
                        .take(1, now);
                yield wait == 0
                        ? new Verdict(true, headers)
                        : refused("Tenant_Application/Read", appId, tenant, "ResourceUnitLimitExceeded", wait);
            }
            default -> directory(tenant, appId, charge, headers, now);
        };
    }

    private Verdict directory(UUID tenant, String appId, Charge charge, Map<String, String> headers, Instant now) {
        double units = unitsPerTenSeconds();
        Bucket reads = bucket("ru/" + tenant + "/" + appId, units, units / 10, now);
        double used = reads.used(now);
        if (charge.write()) {
            double wait = bucket("w/" + tenant + "/" + appId, WRITES, WRITES_PER_SECOND, now)
                    .take(1, now);
            if (wait > 0) {
                return refused("Tenant_Application/Write", appId, tenant, "WriteLimitExceeded", wait);
            }
            wait = bucket("tw/" + tenant, TENANT_WRITES, TENANT_WRITES_PER_SECOND, now)
                    .take(1, now);
            if (wait > 0) {
                return refused("Tenant/Write", appId, tenant, "WriteLimitExceeded", wait);
            }
        } else {
            double wait = reads.take(charge.resourceUnits(), now);
            if (wait > 0) {
                return refused("Tenant_Application/Read", appId, tenant, "ResourceUnitLimitExceeded", wait);
            }
        }
        if (used >= SHOWN_FROM) {
            headers.put("x-ms-throttle-limit-percentage", String.format(Locale.ROOT, "%.1f", used));
        }
        return new Verdict(true, headers);
    }

    private static Verdict refused(String scope, String appId, UUID tenant, String why, double wait) {
        return new Verdict(
                false,
                Map.of(
                        "Retry-After",
                        Integer.toString((int) Math.max(1, Math.ceil(wait))),
                        "x-ms-throttle-scope",
                        scope + "/" + appId + "/" + tenant,
                        "x-ms-throttle-information",
                        why));
    }

    private double unitsPerTenSeconds() {
        int count = users.getAsInt();
        if (count < 50) {
            return 3500;
        }
        return count <= 500 ? 5000 : 8000;
    }

    private Bucket bucket(String name, double capacity, double perSecond, Instant now) {
        double factor = mode.factor();
        return buckets.computeIfAbsent(name, n -> new Bucket(Math.max(1, capacity * factor), perSecond * factor, now));
    }
}
