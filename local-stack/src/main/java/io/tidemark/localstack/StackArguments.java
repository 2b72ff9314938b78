package io.tidemark.localstack;

import io.tidemark.simulator.quota.QuotaMode;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The command-line options that every command that starts a stack takes. */
public final class StackArguments {

    @Option(
            names = "--home",
            hidden = true,
            defaultValue = ".",
            description = "the project's root, where the packaged services are")
    private Path home = Path.of(".");

    @Option(
            names = "--data",
            defaultValue = "${env:TIDEMARK_DATA:-.tidemark}",
            description = "folder for logs, history and the broker's files (default: ${DEFAULT-VALUE})")
    private Path data = Path.of(".tidemark");

    @Option(
            names = "--port-base",
            defaultValue = "${env:TIDEMARK_PORT_BASE:-8080}",
            description =
                    "port of the console; the services take the next four; 0: any free ones (default: ${DEFAULT-VALUE})")
    private int portBase = StackOptions.USUAL_PORT;

    @Option(
            names = "--tenant",
            defaultValue = "contoso-like",
            description = "size of the made-up tenant: tiny, contoso-like, large (default: ${DEFAULT-VALUE})")
    private String size = "contoso-like";

    @Option(names = "--users", defaultValue = "0", description = "number of users, if not the size's own")
    private int users;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "what the tenant is made of (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--fast-quotas", description = "Graph's quotas twenty times as large")
    private boolean fastQuotas;

    @Option(
            names = "--set",
            paramLabel = "[SERVICE:]NAME=VALUE",
            mapFallbackValue = "",
            description = "a setting of the services, or of one of them, such as diff-service; as often as needed")
    private Map<String, String> settings = Map.of();

    /** The options as given, for a stack that begins afresh. */
    public StackOptions options() {
        StackOptions options = StackOptions.in(
                        home.toAbsolutePath().normalize(), data.toAbsolutePath().normalize())
                .withPortBase(portBase)
                .withSize(size)
                .withUsers(users)
                .withSeed(seed);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            options = options.withSetting(setting.getKey(), setting.getValue());
        }
        return fastQuotas
                ? options.withQuotas(QuotaMode.FAST).withSetting("tidemark.graph.quota-scale", "20")
                : options;
    }
}
