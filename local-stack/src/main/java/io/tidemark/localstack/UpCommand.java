package io.tidemark.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the stack and stays until it is asked to end. */
@Command(name = "up", description = "Starts the whole stack on loopback and prints its addresses.")
public final class UpCommand implements Callable<Integer> {

    @Mixin
    private StackArguments stack = new StackArguments();

    @Option(names = "--keep-data", description = "go on with the history that an earlier run left in the data folder")
    private boolean keepData;

    @Option(
            names = "--load",
            paramLabel = "PATH",
            description = "a file or folder that somebody exported from a tenant, in place of a made-up one")
    private @Nullable Path export;

    @Override
    public Integer call() throws InterruptedException {
        StackOptions options = stack.options();
        if (keepData) {
            options = options.keepingData();
        }
        if (export != null) {
            options = options.withExport(export);
        }
        try (LocalStack running = LocalStack.start(options, step -> System.out.println("  " + step))) {
            stay(running);
        }
        return 0;
    }

    /** Writes where everything listens, for people and for scripts, and waits until the process is asked to end. */
    public static void stay(LocalStack running) throws InterruptedException {
        Path addresses = running.options().data().resolve("addresses");
        try {
            Files.write(addresses, running.addresses());
        } catch (IOException e) {
            throw new StackException("addresses could not be written to " + addresses + ": " + e.getMessage(), e);
        }
        System.out.println("ready");
        running.addresses().forEach(line -> System.out.println("  " + line));
        // The stack itself sees to it that it ends with this process.
        new CountDownLatch(1).await();
    }
}
