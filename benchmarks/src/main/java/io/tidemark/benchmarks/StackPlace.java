package io.tidemark.benchmarks;

import io.tidemark.localstack.StackOptions;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a benchmark's stack is built and keeps its data. */
final class StackPlace {

    @Option(names = "--home", defaultValue = ".", description = "the project's root (default: ${DEFAULT-VALUE})")
    private Path home = Path.of(".");

    @Option(
            names = "--data",
            defaultValue = ".tidemark-benchmark",
            description = "data folder, thrown away at each start")
    private Path data = Path.of(".tidemark-benchmark");

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    /** A stack that captures on order only, with its data there. */
    StackOptions capturingOnOrder(Path folder) {
        return StackOptions.in(home.toAbsolutePath().normalize(), folder)
                .withSetting("snapshot-service:tidemark.capture.full", "off")
                .withSetting("snapshot-service:tidemark.capture.incremental", "off")
                .withSetting("snapshot-service:tidemark.capture.on-change", "false");
    }
}
