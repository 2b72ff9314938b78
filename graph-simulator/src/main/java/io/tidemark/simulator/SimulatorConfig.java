package io.tidemark.simulator;

import io.tidemark.simulator.fault.Lateness;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.tenant.TenantSeed;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a simulator is started.
 *
 * @param port of Graph and the authority over HTTP; 0: any free one
 * @param httpsPort of the same over HTTPS; 0: any free one
 * @param controlPort of the control API; 0: any free one
 * @param tenantId of the first tenant
 * @param quotas how strictly quotas are kept
 * @param lateness how far replicas and the audit log lag
 * @param seed what ids and faults come from
 * @param tenantSeed the first content of the first tenant
 * @param time what the simulator's clock runs with
 * @param auditTarget where the audit log is sent as well; absent: nowhere
 */
public record SimulatorConfig(
        int port,
        int httpsPort,
        int controlPort,
        UUID tenantId,
        QuotaMode quotas,
        Lateness lateness,
        long seed,
        @Nullable TenantSeed tenantSeed,
        Clock time,
        @Nullable AuditTarget auditTarget) {

    /** A Kafka topic that stands for an event hub. */
    public record AuditTarget(String brokers, String topic) {}

    private static final UUID USUAL_TENANT = UUID.fromString("7d3c8e5a-1f42-4b6e-9a0c-5e2d8f714b39");

    /** Starts from what tests want: free ports, no quotas, nothing late, an empty tenant. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects a configuration. */
    public static final class Builder {
        private int port;
        private int httpsPort;
        private int controlPort;
        private UUID tenantId = USUAL_TENANT;
        private QuotaMode quotas = QuotaMode.OFF;
        private Lateness lateness = Lateness.NONE;
        private long seed = 1;
        private @Nullable TenantSeed tenantSeed;
        private Clock time = Clock.systemUTC();
        private @Nullable AuditTarget auditTarget;

        private Builder() {}

        /** Sets the port of Graph and the authority. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Sets the port of the same over HTTPS. */
        public Builder httpsPort(int value) {
            httpsPort = value;
            return this;
        }

        /** Sets the port of the control API. */
        public Builder controlPort(int value) {
            controlPort = value;
            return this;
        }

        /** Sets the id of the first tenant. */
        public Builder tenantId(UUID value) {
            tenantId = value;
            return this;
        }

        /** Sets how strictly quotas are kept. */
        public Builder quotas(QuotaMode value) {
            quotas = value;
            return this;
        }

        /** Sets how far replicas and the audit log lag. */
        public Builder lateness(Lateness value) {
            lateness = value;
            return this;
        }

        /** Sets what ids and faults come from. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Sets the first content of the first tenant. */
        public Builder tenantSeed(TenantSeed value) {
            tenantSeed = value;
            return this;
        }

        /** Sets what the simulator's clock runs with. */
        public Builder time(Clock value) {
            time = value;
            return this;
        }

        /** Sets where the audit log is sent as well. */
        public Builder auditTarget(AuditTarget value) {
            auditTarget = value;
            return this;
        }

        /** The configuration. */
        public SimulatorConfig build() {
            return new SimulatorConfig(
                    port, httpsPort, controlPort, tenantId, quotas, lateness, seed, tenantSeed, time, auditTarget);
        }
    }
}
