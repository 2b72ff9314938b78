package io.tidemark.diff.retention;

import io.quarkus.runtime.StartupEvent;
import io.tidemark.diff.retention.RetentionConfig.Rules;
import io.tidemark.directory.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The policies that are set, for all tenants and for single ones. The service does not start with one that makes no sense. */
@ApplicationScoped
public class Policies {

    /** In place of a window: everything is kept for good. */
    static final String OFF = "off";

    /** In place of a number of months: without an end. */
    static final String EVER = "ever";

    private static final Logger LOG = Logger.getLogger(Policies.class);
    private static final String PREFIX = "tidemark.retention.";

    private final Optional<Policy> usual;
    private final Map<TenantId, Optional<Policy>> single = new HashMap<>();

    Policies(RetentionConfig config) {
        positive("every", config.every());
        positive("clock-leap", config.clockLeap());
        positive("clock-hold", config.clockHold());
        positive("referred", config.referred());
        this.usual = policy(PREFIX, config.window(), config.daily(), config.weekly(), config.monthly(), config.last());
        config.tenants().forEach((id, rules) -> single.put(tenant(id), policy(id, rules, config)));
    }

    void start(@Observes StartupEvent event) {
        if (!isAnySet()) {
            LOG.infof("retention keeps everything setting=%swindow", PREFIX);
        } else {
            LOG.infof(
                    "retention is on policy=%s tenants=%d",
                    usual.map(Policy::text).orElse("everything is kept"), single.size());
        }
    }

    /** A tenant's policy; empty if everything is kept. */
    public Optional<Policy> of(TenantId tenant) {
        return single.getOrDefault(tenant, usual);
    }

    /** Whether anything may be dropped of any tenant. */
    boolean isAnySet() {
        return usual.isPresent() || single.values().stream().anyMatch(Optional::isPresent);
    }

    private static Optional<Policy> policy(String id, Rules rules, RetentionConfig config) {
        return policy(
                PREFIX + "tenants.\"" + id + "\".",
                rules.window().orElse(config.window()),
                rules.daily().orElse(config.daily()),
                rules.weekly().orElse(config.weekly()),
                rules.monthly().orElse(config.monthly()),
                rules.last().orElse(config.last()));
    }

    /** The numbers are looked at even if everything is kept: they count as soon as somebody sets a window. */
    private static Optional<Policy> policy(
            String setting, String window, int daily, int weekly, String monthly, int last) {
        try {
            boolean off = window.equals(OFF);
            Policy policy = new Policy(off ? Policy.SHORTEST : duration(window), daily, weekly, months(monthly), last);
            return off ? Optional.empty() : Optional.of(policy);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(setting + e.getMessage(), e);
        }
    }

    private static Duration duration(String window) {
        try {
            return Duration.parse(window);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "window must be an ISO duration such as P30D, or '" + OFF + "', not '" + window + "'", e);
        }
    }

    private static int months(String monthly) {
        try {
            return monthly.equals(EVER) ? Policy.EVER : Integer.parseInt(monthly);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "monthly must be a number of months, or '" + EVER + "', not '" + monthly + "'", e);
        }
    }

    private static TenantId tenant(String id) {
        try {
            return TenantId.parse(id);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(PREFIX + "tenants names '" + id + "', which is no tenant's id", e);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalStateException(PREFIX + name + " must be longer than nothing, not " + value);
        }
    }
}
