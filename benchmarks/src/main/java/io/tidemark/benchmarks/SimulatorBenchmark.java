package io.tidemark.benchmarks;

import io.tidemark.simulator.GraphSimulator;
import io.tidemark.simulator.SimulatorConfig;
import io.tidemark.simulator.sample.SampleClient;
import io.tidemark.simulator.sample.SampleClients;
import io.tidemark.simulator.sample.SampleTenants;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the simulator alone: how fast it starts, how much memory a tenant takes, how fast it is read. */
@Command(name = "simulator-benchmark", description = "Start, memory and reading speed of the simulator.")
public final class SimulatorBenchmark implements Callable<Integer> {

    private static final long SEED = 1;
    private static final int SETTLING_ROUNDS = 3;

    @Option(names = "--tenant", defaultValue = "large", description = "tenant size (default: ${DEFAULT-VALUE})")
    private String size = "large";

    @Option(names = "--clients", defaultValue = "4", description = "readers at a time (default: ${DEFAULT-VALUE})")
    private int clients;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "length of a measurement (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public Integer call() throws InterruptedException {
        long start = System.nanoTime();
        try (GraphSimulator simulator = GraphSimulator.start(SimulatorConfig.builder()
                .tenantId(SampleTenants.tenantId(SEED))
                .seed(SEED)
                .tenantSeed(SampleTenants.of(size, SEED, Map.of()))
                .build())) {
            double started = (System.nanoTime() - start) / 1e9;
            long heap = heap();
            SampleClient client = SampleClients.of(SEED).all().get(0);
            SimulatorReaders readers = new SimulatorReaders(simulator, client, clients, seconds);
            readers.pages();
            double pages = readers.pages();
            readers.points();
            double points = readers.points();
            System.out.println("| tenant | start | heap after start | paged objects/s | point reads/s |");
            System.out.println("|---|---|---|---|---|");
            System.out.printf(
                    Locale.ROOT, "| %s | %.1f s | %d MB | %.0f | %.0f |%n", size, started, heap, pages, points);
        }
        return 0;
    }

    private static long heap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < SETTLING_ROUNDS; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SimulatorBenchmark()).execute(arguments));
    }
}
