package io.tidemark.audit.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How the audit log is read. */
@ConfigMapping(prefix = "tidemark.audit")
public interface AuditConfig {

    /** Whether Graph is polled at all; false where Event Hubs alone brings the log. */
    @WithDefault("true")
    boolean polling();

    /** How long after one poll the next begins. */
    @WithDefault("PT60S")
    Duration pollInterval();

    /** How far each poll reaches back behind the newest entry seen, for entries that show up late. */
    @WithDefault("PT30M")
    Duration overlap();

    /** How far a poll reaches back while reading the whole overlap again would use up Graph's quota. */
    @WithDefault("PT2M")
    Duration shortOverlap();

    /** How far back the first poll of a tenant reaches. */
    @WithDefault("P1D")
    Duration initialLookback();

    /** How long the tenant's log keeps entries: 7 days, or 30 with a P1 or P2 licence. */
    @WithDefault("P7D")
    Duration retention();

    /** How long a log that shows nothing new may be late as a whole before the silence is taken for calm. */
    @WithDefault("P1D")
    Duration patience();

    /** The longest span that is read in one go; what was read is secured after each. */
    @WithDefault("PT6H")
    Duration slice();

    /** How long one reader holds a tenant before another may take over. */
    @WithDefault("PT2M")
    Duration lease();

    /** The log as Azure's diagnostic settings stream it to an event hub. */
    EventHub eventHub();

    /** An event hub, reached as a Kafka topic. Credentials are given by the channel's own settings. */
    interface EventHub {

        /** Whether it is read. */
        @WithDefault("false")
        boolean enabled();

        /** The hub's name. */
        @WithDefault("insights-logs-auditlogs")
        String topic();

        /** The hub's address; the service's own broker if it is not given. */
        Optional<String> bootstrapServers();

        /** How the connection is secured: PLAINTEXT or SASL_SSL. */
        @WithDefault("PLAINTEXT")
        String securityProtocol();
    }
}
