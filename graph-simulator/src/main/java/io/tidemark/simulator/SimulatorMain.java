package io.tidemark.simulator;

import io.tidemark.simulator.fault.Lateness;
import io.tidemark.simulator.intake.TenantImport;
import io.tidemark.simulator.quota.QuotaMode;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import io.tidemark.simulator.tenant.Switches;
import io.tidemark.simulator.tenant.TenantSeed;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** The simulator as a program of its own. */
public final class SimulatorMain {

    private static final String USAGE = """
            usage: simulator [--port P] [--https-port P] [--control-port P] [--tenant SIZE] [--users N] [--seed S]
                             [--tenant-id ID] [--load PATH] [--quotas REAL|FAST|OFF] [--managed-identity CLIENT]
                             [--audit-kafka BROKERS] [--audit-topic TOPIC] [--switch NAME=VALUE,…]
                             [--replica-lag PT5S] [--audit-lag PT2M] [--audit-spread PT1M]

            SIZE is tiny, typical, large or huge. Ports that are not given are any free ones.
            PATH is a file or folder that GET /export of the control API or somebody else wrote in Graph's shapes.
            BROKERS (with --audit-topic, usually insights-logs-auditlogs) get the audit log as an event hub does.""";

    private SimulatorMain() {}

    /** Starts the simulator, prints its addresses and stays. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> options;
        SimulatorConfig config;
        try {
            options = options(arguments);
            config = config(options);
        } catch (IllegalArgumentException | DateTimeException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
            return;
        }
        GraphSimulator simulator = GraphSimulator.start(config);
        String managed = options.get("managed-identity");
        if (managed != null) {
            simulator.controls().managedIdentity(managed);
        }
        simulator.tenant().switches(switches(options));
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
        System.out.println("graph        " + simulator.graphUrl() + "/v1.0");
        System.out.println("authority    " + simulator.authorityUrl());
        System.out.println("authority    " + simulator.httpsAuthorityUrl() + " (trust store " + simulator.trustStore()
                + ", password changeit)");
        System.out.println("control      " + simulator.controlUrl());
        System.out.println("tenant       " + simulator.tenant().id());
        SampleClients.of(config.seed())
                .all()
                .forEach(client -> System.out.println(
                        "client       " + client.name() + " id=" + client.clientId() + " secret=" + client.secret()));
        new CountDownLatch(1).await();
    }

    private static Map<String, String> options(String[] arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
                throw new IllegalArgumentException("not understood: " + arguments[i]);
            }
            options.put(arguments[i].substring(2), arguments[i + 1]);
        }
        return options;
    }

    private static SimulatorConfig config(Map<String, String> options) {
        long seed = Long.parseLong(options.getOrDefault("seed", "1"));
        TenantSeed content = options.containsKey("load")
                ? SampleClients.of(seed)
                        .registeredIn(TenantImport.read(Path.of(options.getOrDefault("load", "")), System.out::println))
                : SampleTenants.of(options.getOrDefault("tenant", "tiny"), seed, sample(options));
        UUID tenantId = options.containsKey("tenant-id")
                ? UUID.fromString(options.getOrDefault("tenant-id", ""))
                : SampleTenants.tenantId(seed);
        SimulatorConfig.Builder builder = SimulatorConfig.builder();
        String brokers = options.get("audit-kafka");
        if (brokers != null) {
            String topic = options.getOrDefault("audit-topic", "insights-logs-auditlogs");
            builder.auditTarget(new SimulatorConfig.AuditTarget(brokers, topic));
        }
        return builder.port(port(options, "port"))
                .httpsPort(port(options, "https-port"))
                .controlPort(port(options, "control-port"))
                .tenantId(tenantId)
                .quotas(QuotaMode.valueOf(options.getOrDefault("quotas", "REAL").toUpperCase(Locale.ROOT)))
                .lateness(new Lateness(
                        duration(options, "replica-lag"),
                        duration(options, "audit-lag"),
                        duration(options, "audit-spread")))
                .seed(seed)
                .tenantSeed(content)
                .build();
    }

    private static Switches switches(Map<String, String> options) {
        Switches switches = Switches.USUAL;
        for (String one : options.getOrDefault("switch", "").split(",")) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                switches = switches.with(one.substring(0, equals), one.substring(equals + 1));
            }
        }
        return switches;
    }

    private static Map<String, String> sample(Map<String, String> options) {
        Map<String, String> chosen = new LinkedHashMap<>();
        if (options.containsKey("users")) {
            chosen.put("users", options.getOrDefault("users", ""));
        }
        return chosen;
    }

    private static int port(Map<String, String> options, String name) {
        int port = Integer.parseInt(options.getOrDefault(name, "0"));
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--" + name + " is not a port: " + port);
        }
        return port;
    }

    private static Duration duration(Map<String, String> options, String name) {
        return Duration.parse(options.getOrDefault(name, "PT0S"));
    }
}
