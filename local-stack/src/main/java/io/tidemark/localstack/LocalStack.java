package io.tidemark.localstack;

import io.tidemark.backends.BackendException;
import io.tidemark.backends.EmbeddedBroker;
import io.tidemark.backends.EmbeddedDatabase;
import io.tidemark.backends.Topics;
import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole of Tidemark on one machine: a broker, a database and the simulated tenant in this process, the services and the console as child
 * processes from their packaged jars. Everything listens on loopback and ends with {@link #close()}.
 */
public final class LocalStack implements AutoCloseable {

    private static final String PREFIX = "tidemark";
    private static final String LEASH = "leash";

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Map<ServiceName, ServiceProcess> services = new EnumMap<>(ServiceName.class);
    private final StackOptions options;
    private final int brokerPort;
    private final EmbeddedDatabase database;
    private final GraphSimulator simulator;
    private final UUID tenant;
    private final Thread stopping = new Thread(this::close, "stack-stop");
    private @Nullable EmbeddedBroker broker;
    private boolean closed;

    private LocalStack(StackOptions options, Consumer<String> progress) {
        this.options = options;
        this.tenant = options.content().tenantId();
        Runtime.getRuntime().addShutdownHook(stopping);
        try {
            progress.accept("starting the broker");
            AutoCloseable unused = opened(this::stopBroker);
            brokerPort = startBroker(0);
            Topics.create(bootstrapServers(), Topics.ofContracts(PREFIX));
            progress.accept("starting the database");
            database = opened(EmbeddedDatabase.start(options.data().resolve("database"), 0));
            progress.accept(options.content().export() == null ? "making up the tenant" : "reading the tenant");
            simulator = opened(startSimulator(progress));
            startServices(progress);
        } catch (BackendException e) {
            close();
            throw new StackException(e.getMessage() == null ? "a backend could not be started" : e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a stack and waits until every service can serve.
     *
     * @param progress is told each step, in a few words
     * @throws StackException if a part is missing, a port is taken or a service does not start
     */
    public static LocalStack start(StackOptions options, Consumer<String> progress) {
        requirePackaged(options.home());
        prepare(options);
        Ports.requireFree(options);
        return new LocalStack(options, progress);
    }

    /** The single entry point for operators. */
    public URI console() {
        return service(ServiceName.CONSOLE).url();
    }

    public ServiceProcess service(ServiceName name) {
        ServiceProcess process = services.get(name);
        if (process == null) {
            throw new IllegalStateException(name.module() + " is not running");
        }
        return process;
    }

    public GraphSimulator simulator() {
        return simulator;
    }

    /** The simulated tenant. */
    public UUID tenant() {
        return tenant;
    }

    /** The applications with which the simulated tenant can be called. */
    public SampleClients clients() {
        return options.content().clients();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + brokerPort;
    }

    /** Takes the broker away, as an outage does; its data stays. */
    public synchronized void stopBroker() {
        EmbeddedBroker running = broker;
        broker = null;
        if (running != null) {
            running.close();
        }
    }

    /** Brings the broker back where it was, with its data. */
    public synchronized void startBroker() {
        if (broker == null && !closed) {
            int unused = startBroker(brokerPort);
        }
    }

    private synchronized int startBroker(int port) {
        EmbeddedBroker started = EmbeddedBroker.start(options.data().resolve("broker"), port);
        broker = started;
        return started.port();
    }

    public EmbeddedDatabase database() {
        return database;
    }

    public StackOptions options() {
        return options;
    }

    /** Resident memory in bytes by process; the broker, the database and the simulator share the process called {@code stack}. */
    public Map<String, Long> residentBytes() {
        Map<String, Long> resident = new HashMap<>();
        resident.put(
                "stack", ServiceProcess.residentBytes(ProcessHandle.current().pid()));
        services.forEach((name, process) -> resident.put(name.module(), process.residentBytes()));
        return resident;
    }

    /** What listens where, one line each. */
    public List<String> addresses() {
        List<String> lines = new ArrayList<>();
        lines.add(address("console", console()));
        for (ServiceName name : ServiceName.values()) {
            if (name != ServiceName.CONSOLE) {
                lines.add(address(name.module(), service(name).url()));
            }
        }
        lines.add(address("simulated Graph", simulator.graphUrl() + "/v1.0"));
        lines.add(address("its control API", simulator.controlUrl()));
        lines.add(address("Kafka", bootstrapServers()));
        lines.add(address("MongoDB", "127.0.0.1:" + database.port() + " (" + database.kind() + ")"));
        lines.add(address("tenant", tenant));
        lines.add(address("logs and data", options.data()));
        return lines;
    }

    private static String address(String what, Object where) {
        return String.format("%-20s %s", what, where);
    }

    /** Stops everything; it also happens when this process ends. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("could not be stopped cleanly: " + e.getMessage());
            }
        }
        if (Thread.currentThread() != stopping) {
            forgetHook();
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopping);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook finds nothing left to do.
        }
    }

    private GraphSimulator startSimulator(Consumer<String> progress) {
        return GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(tenant)
                .seed(options.content().seed())
                .quotas(options.quotas())
                .tenantSeed(options.content().objects(progress))
                .build());
    }

    private void startServices(Consumer<String> progress) {
        Map<ServiceName, Integer> ports = new EnumMap<>(ServiceName.class);
        for (ServiceName name : ServiceName.values()) {
            ports.put(name, options.portBase() == 0 ? Ports.free() : options.portBase() + name.portOffset());
        }
        ServiceSettings settings = new ServiceSettings(shared(ports), options.settings(), tenant.toString());
        for (ServiceName name : ServiceName.values()) {
            Path file = settings.write(
                    name, port(ports, name), identity(name), options.data().resolve("settings"));
            ServiceProcess process = ServiceProcess.start(
                    name,
                    command(name, file),
                    environment(ports),
                    options.data().resolve("logs").resolve(name.module() + ".log"),
                    URI.create("http://127.0.0.1:" + port(ports, name)));
            AutoCloseable stopped = opened(process::stop);
            services.put(name, process);
        }
        progress.accept("waiting for the services");
        services.values().forEach(ServiceProcess::awaitReady);
    }

    private Map<String, String> shared(Map<ServiceName, Integer> ports) {
        Map<String, String> shared = new HashMap<>();
        shared.put("kafka.bootstrap.servers", bootstrapServers());
        shared.put("quarkus.mongodb.connection-string", database.connectionString());
        shared.put("tidemark.topics.prefix", PREFIX);
        shared.put("tidemark.graph.url", simulator.graphUrl() + "/v1.0");
        shared.put("tidemark.graph.authority", simulator.authorityUrl().toString());
        shared.put("tidemark.graph.allow-http-authority", "true");
        return shared;
    }

    /** Each service reads the addresses that it needs and, unlike in its file, does not mind the others. */
    private static Map<String, String> environment(Map<ServiceName, Integer> ports) {
        Map<String, String> environment = new HashMap<>();
        for (ServiceName name : ServiceName.values()) {
            environment.put("TIDEMARK_SERVICES_" + name.name() + "_URL", "http://127.0.0.1:" + port(ports, name));
        }
        return environment;
    }

    private SampleClient identity(ServiceName name) {
        return clients()
                .named(
                        switch (name) {
                            case SNAPSHOT, DIFF, CONSOLE -> SampleClients.READER;
                            case AUDIT -> SampleClients.AUDITOR;
                            case RESTORE -> SampleClients.RESTORER;
                        });
    }

    private List<String> command(ServiceName name, Path settings) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + name.heap(),
                // A stack is up sooner with quick compilation; with a large tenant, code and a heap that bear hours
                // pay.
                options.content().isLarge() ? "-XX:+UseG1GC" : "-XX:+UseSerialGC",
                options.content().isLarge() ? "-XX:+TieredCompilation" : "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                // Compressing for Kafka holds collections off; Java 17 takes two of them for the end of memory.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:GCLockerRetryAllocationCount=32",
                "-Dquarkus.config.locations=" + settings.toUri(),
                "-cp",
                options.data().resolve(LEASH) + File.pathSeparator + jar(options.home(), name),
                Leash.class.getName(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    }

    private static int port(Map<ServiceName, Integer> ports, ServiceName name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalStateException("no port for " + name.module());
        }
        return port;
    }

    private synchronized <T extends AutoCloseable> T opened(T resource) {
        running.push(resource);
        if (closed) {
            close();
            throw new StackException("stopped while it was starting");
        }
        return resource;
    }

    private static Path jar(Path home, ServiceName name) {
        return home.resolve(name.module()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    private static void requirePackaged(Path home) {
        for (ServiceName name : ServiceName.values()) {
            if (!Files.isRegularFile(jar(home, name))) {
                throw new StackException(name.module() + " is not built: " + jar(home, name)
                        + " is missing; build with: mvn -Dquick package");
            }
        }
    }

    private static void prepare(StackOptions options) {
        try {
            if (options.fresh() && Files.exists(options.data())) {
                try (Stream<Path> files = Files.walk(options.data())) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(options.data().resolve("logs"));
            Files.createDirectories(options.data().resolve("settings"));
            putLeash(options.data().resolve(LEASH));
            if (options.data().toFile().getUsableSpace() < Ports.LEAST_DISK_BYTES) {
                throw new StackException("the disk of " + options.data() + " has less than "
                        + Ports.LEAST_DISK_BYTES / 1_000_000 + " MB free");
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StackException("the data folder " + options.data() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The services' class path gets this one class of ours and nothing else. */
    private static void putLeash(Path folder) throws IOException {
        String file = Leash.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve(file);
        Files.createDirectories(copy.getParent());
        try (InputStream code = Leash.class.getResourceAsStream("/" + file)) {
            Files.copy(Objects.requireNonNull(code), copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
