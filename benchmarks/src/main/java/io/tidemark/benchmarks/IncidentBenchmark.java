package io.tidemark.benchmarks;

import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.StackOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the main job on the local stack under Graph's real quotas, for tenants of several sizes, and prints a table for each. */
@Command(name = "incident-benchmark", description = "Capture, report and restore, measured on the local stack.")
public final class IncidentBenchmark implements Callable<Integer> {

    @Mixin
    private StackPlace place = new StackPlace();

    @Option(
            names = "--size",
            defaultValue = "contoso-like",
            description = "what the tenant is shaped like (default: ${DEFAULT-VALUE})")
    private String size = "";

    @Option(
            names = "--users",
            split = ",",
            defaultValue = "5000,50000",
            description = "tenant sizes (default: ${DEFAULT-VALUE})")
    private List<Integer> users = List.of();

    @Option(
            names = "--wiped",
            defaultValue = "500",
            description = "how many users the script wipes; 0: captures only (default: ${DEFAULT-VALUE})")
    private int wiped;

    @Override
    public Integer call() {
        for (int count : users) {
            StackOptions options =
                    place.capturingOnOrder(place.data()).withSize(size).withUsers(count);
            try (LocalStack stack = LocalStack.start(options, step -> {})) {
                System.out.println(new IncidentRun(stack).measure(wiped));
            }
        }
        return 0;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new IncidentBenchmark()).execute(arguments));
    }
}
