package io.tidemark.benchmarks;

import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.StackOptions;
import io.tidemark.simulator.quota.QuotaMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what is done with a sealed snapshot: verification, copies outside, and the way back into an empty Tidemark. */
@Command(
        name = "snapshot-care-benchmark",
        description = "Verification, export and import, measured on the local stack.")
public final class SnapshotCareBenchmark implements Callable<Integer> {

    private static final String SHAPE = "contoso-like";

    @Mixin
    private StackPlace place = new StackPlace();

    @Option(names = "--users", defaultValue = "100000", description = "the tenant's size (default: ${DEFAULT-VALUE})")
    private int users;

    @Option(
            names = "--runs",
            defaultValue = "3",
            description = "how often each is done; the median is printed (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--imports",
            defaultValue = "1",
            description =
                    "how often the bundle is brought back, each time into a new stack (default: ${DEFAULT-VALUE})")
    private int imports;

    @Override
    public Integer call() throws IOException {
        Path root = place.data();
        SnapshotCopies copies = SnapshotCopies.in(emptied(root.resolve("copies")), runs);
        StackOptions options = options(root.resolve("stack"), copies);
        SnapshotCareRun run;
        try (LocalStack stack = LocalStack.start(options, step -> {})) {
            run = SnapshotCareRun.capture(stack);
            run.verify(runs);
            run.export(copies);
        }
        for (int i = 0; i < imports; i++) {
            try (LocalStack stack = LocalStack.start(options, step -> {})) {
                run.bringBack(stack, copies);
            }
        }
        System.out.println(run.table());
        return 0;
    }

    private StackOptions options(Path stack, SnapshotCopies copies) {
        StackOptions options =
                place.capturingOnOrder(stack).withSize(SHAPE).withUsers(users).withQuotas(QuotaMode.OFF);
        for (var setting : copies.settings().entrySet()) {
            options = options.withSetting("diff-service:" + setting.getKey(), setting.getValue());
        }
        return options;
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> found = Files.walk(folder)) {
                for (Path path :
                        found.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SnapshotCareBenchmark()).execute(arguments));
    }
}
