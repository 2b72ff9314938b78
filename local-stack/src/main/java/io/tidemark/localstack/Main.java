package io.tidemark.localstack;

import io.tidemark.localstack.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of the local stack. */
@Command(
        name = "tidemark",
        subcommands = {UpCommand.class, DemoCommand.class},
        description = "Tidemark on one machine.")
public final class Main {

    private Main() {}

    /** Runs one command; its exit status is 0 only if it did what it is for. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof StackException expected) {
                System.err.println("tidemark: " + expected.getMessage());
                return 1;
            }
            System.getLogger(Main.class.getName())
                    .log(System.Logger.Level.ERROR, "the command ended by an error", failure);
            return 2;
        });
        System.exit(line.execute(arguments));
    }
}
