package io.tidemark.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.StackOptions;
import io.tidemark.simulator.quota.QuotaMode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how long a targeted capture takes, from its order to its seal, while a full capture of the same tenant runs. */
@Command(
        name = "interlude-benchmark",
        description = "Targeted captures within a full one, measured on the local stack.")
public final class InterludeBenchmark implements Callable<Integer> {

    private static final int KNOWN = 2000;

    @Mixin
    private StackPlace place = new StackPlace();

    @Option(names = "--users", defaultValue = "20000", description = "the tenant's size (default: ${DEFAULT-VALUE})")
    private int users;

    @Option(
            names = "--orders",
            defaultValue = "10",
            description = "how many targeted captures are ordered, one after the other (default: ${DEFAULT-VALUE})")
    private int orders;

    @Option(
            names = "--quotas",
            defaultValue = "REAL",
            description = "REAL, FAST or OFF: how Graph limits the captures (default: ${DEFAULT-VALUE})")
    private QuotaMode quotas = QuotaMode.REAL;

    @Option(names = "--seed", defaultValue = "1", description = "which users are named (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        StackOptions options =
                place.capturingOnOrder(place.data()).withUsers(users).withQuotas(quotas);
        try (LocalStack stack = LocalStack.start(options, step -> {})) {
            List<String> ids = someUsers(stack.simulator().controlUrl());
            Collections.shuffle(ids, new Random(seed));
            InterludeRun run = new InterludeRun(stack, ids);
            run.measure(orders);
            System.out.println(run.table());
        }
        return 0;
    }

    private static List<String> someUsers(URI control) throws IOException, InterruptedException {
        ObjectMapper mapper = new ObjectMapper();
        HttpRequest request = HttpRequest.newBuilder(control.resolve("/export")).build();
        List<String> ids = new ArrayList<>();
        try (Stream<String> lines = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()) {
            for (String line : (Iterable<String>) lines.filter(text -> text.contains("\"users\""))::iterator) {
                var exported = mapper.readTree(line);
                if (exported.path("collection").asText().equals("users") && ids.size() < KNOWN) {
                    ids.add(exported.at("/object/id").asText());
                }
            }
        }
        return ids;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new InterludeBenchmark()).execute(arguments));
    }
}
