package io.tidemark.localstack.demo;

import io.tidemark.localstack.LocalStack;
import io.tidemark.localstack.StackArguments;
import io.tidemark.localstack.StackException;
import io.tidemark.localstack.StackOptions;
import io.tidemark.localstack.UpCommand;
import io.tidemark.simulator.fault.Fault;
import io.tidemark.simulator.fault.FaultRule;
import io.tidemark.simulator.sample.SampleTenants;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays the demonstration. Its exit status is 0 only if everything was found as it must be. */
@Command(name = "demo", description = "Plays the incident of 500 users: capture, report, restore, verify.")
public final class DemoCommand implements Callable<Integer> {

    @Mixin
    private StackArguments stack = new StackArguments();

    @Option(names = "--keep", description = "leave the stack up and print its addresses")
    private boolean keep;

    @Option(names = "--kill-restore-once", description = "kill the restore service in the middle of the restore")
    private boolean kill;

    @Option(
            names = "--faults",
            defaultValue = "0",
            description = "share of Graph's answers, in percent, that are 429 or 503 instead")
    private int faults;

    @Override
    public Integer call() throws InterruptedException {
        long since = System.nanoTime();
        Narrator narrator = new Narrator(System.out, System.console() != null);
        StackOptions options = stack.options()
                .withSetting("snapshot-service:tidemark.capture.full", "off")
                .withSetting("snapshot-service:tidemark.capture.incremental", "off")
                .withSetting("snapshot-service:tidemark.capture.on-change", "false")
                .withSetting(
                        "restore-service:tidemark.restore.guard.break-glass",
                        String.join(
                                ",",
                                SampleTenants.breakGlassAccounts(
                                        stack.options().content().seed())));
        try (LocalStack running = LocalStack.start(options, narrator::tell)) {
            narrator.note("start of the stack", "all ready", elapsed(since));
            disturb(running);
            play(running, narrator);
            narrator.note("all of it", "", elapsed(since));
            narrator.close();
            System.out.println(narrator.allRight() ? "everything was found as it must be" : "NOT everything was right");
            if (keep) {
                UpCommand.stay(running);
            }
        }
        return narrator.allRight() ? 0 : 1;
    }

    private void play(LocalStack running, Narrator narrator) {
        try {
            new Demo(running, narrator, kill).play();
        } catch (StackException e) {
            narrator.check("the demonstration came to its end", "yes", "no: " + e.getMessage());
        }
    }

    private void disturb(LocalStack running) {
        if (faults > 0) {
            double share = faults / 100.0 / 2;
            running.simulator().faults().add(FaultRule.of(Fault.THROTTLED, share));
            running.simulator().faults().add(FaultRule.of(Fault.UNAVAILABLE, share));
        }
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
