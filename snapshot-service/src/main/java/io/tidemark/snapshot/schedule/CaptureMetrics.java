package io.tidemark.snapshot.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tidemark.snapshot.capture.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what captures do. */
@ApplicationScoped
class CaptureMetrics {

    private final MeterRegistry registry;
    private final Tenants tenants;
    private final Map<String, AtomicLong> lastGood = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> requests = new ConcurrentHashMap<>();

    CaptureMetrics(MeterRegistry registry, Tenants tenants) {
        this.registry = registry;
        this.tenants = tenants;
    }

    void ended(Capture capture) {
        String tenant = capture.order().tenant().toString();
        String mode = capture.order().mode().name();
        registry.counter(
                        "tidemark.capture.ended",
                        "tenant",
                        tenant,
                        "mode",
                        mode,
                        "state",
                        capture.state().name())
                .increment();
        registry.counter("tidemark.capture.objects.read", "tenant", tenant, "mode", mode)
                .increment(capture.objectsRead());
        capture.types()
                .forEach(type -> registry.counter(
                                "tidemark.capture.states.published", "tenant", tenant, "type", type.type())
                        .increment(type.published()));
        if (capture.startedAt() != null && capture.completedAt() != null) {
            registry.timer("tidemark.capture.duration", "tenant", tenant, "mode", mode)
                    .record(Duration.between(capture.startedAt(), capture.completedAt()));
        }
        if (capture.state() == Capture.State.PUBLISHED && capture.completedAt() != null) {
            gauge(lastGood, "tidemark.capture.last.good.timestamp.seconds", Tags.of("tenant", tenant, "mode", mode))
                    .set(capture.completedAt().getEpochSecond());
        }
        tenants.requests()
                .forEach((lane, byStatus) -> byStatus.forEach((status, count) -> gauge(
                                requests,
                                "tidemark.graph.requests",
                                Tags.of("lane", lane, "status", Integer.toString(status)))
                        .set(count)));
    }

    private AtomicLong gauge(Map<String, AtomicLong> values, String name, Tags tags) {
        return values.computeIfAbsent(name + tags, unused -> {
            AtomicLong value = new AtomicLong();
            registry.gauge(name, tags, value);
            return value;
        });
    }
}
